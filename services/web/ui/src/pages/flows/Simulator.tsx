// The caller's part by hand: what he hears, what he presses. Each answer comes from the code that serves real calls.
import { useEffect, useState } from 'react'
import { client } from '@/api/transport'
import { Flows, type SimulateFlowResponse } from '@/gen/trunkline/ivr/v1/ivr_pb'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { FailureNotice } from '@/ui/Notice'
import { Keypad } from '../workspace/dialogs'
import { flowsTexts } from './flows.texts'
import { toFlow, type EditorFlow } from './model'

type Input = { input: { case: 'keys'; value: string } | { case: 'taken'; value: boolean } }

export function Simulator({ flow, onReached }: { flow: EditorFlow; onReached(nodes: ReadonlySet<string>): void }) {
  const t = useTexts(flowsTexts)
  const [inputs, setInputs] = useState<Input[]>([])
  const [typed, setTyped] = useState('')
  const [answer, setAnswer] = useState<SimulateFlowResponse>()
  const [failure, setFailure] = useState<unknown>()
  useEffect(() => {
    let left = false
    client(Flows).simulateFlow({ flow: toFlow(flow), inputs }).then((next) => {
      if (left) return
      setFailure(undefined)
      setAnswer(next)
      onReached(new Set(next.steps.map((step) => step.nodeId)))
    }, (thrown: unknown) => left || setFailure(thrown))
    return () => {
      left = true
    }
  }, [flow, inputs, onReached])
  useEffect(() => () => onReached(new Set()), [onReached])
  const give = (input: Input) => {
    setTyped('')
    setInputs([...inputs, input])
  }
  const press = (key: string) => {
    if (answer?.waitsFor !== 'KEYS') return
    const next = typed + key
    if (next.length >= (answer.mostKeys || 1)) give({ input: { case: 'keys', value: next } })
    else setTyped(next)
  }
  return (
    <div className="form">
      {failure !== undefined && <FailureNotice failure={failure} />}
      <ol className="log simulated" aria-label={t('steps')} aria-live="polite">
        {(answer?.steps ?? []).map((step, index) => (
          <li key={index}><div className="row"><strong>{step.nodeId}</strong>{step.exit && <span className="muted">→ {step.exit}</span>}</div>{step.texts.map((text, at) => <p key={at} className="spoken">“{text}”</p>)}</li>
        ))}
      </ol>
      {answer?.waitsFor === 'KEYS' && <>
        <p role="status"><strong>{t('waitsKeys')}</strong> {typed && <span className="figure">{t('keyed')}: {typed}</span>}</p>
        <Keypad onPress={press} />
        <div className="row"><Button onPress={() => give({ input: { case: 'keys', value: '' } })}>{t('noKey')}</Button>{typed && <Button kind="primary" onPress={() => give({ input: { case: 'keys', value: typed } })}>{t('sendKeys')}</Button>}</div>
      </>}
      {answer?.waitsFor === 'PARTY' && <div className="row"><strong>{t('waitsParty')}</strong><Button kind="good" onPress={() => give({ input: { case: 'taken', value: true } })}>{t('answers')}</Button><Button onPress={() => give({ input: { case: 'taken', value: false } })}>{t('refuses')}</Button></div>}
      {answer?.end && <p className="notice info" role="status">{t('ended', { end: answer.end in flowsTexts ? t(answer.end as 'QUEUED') : answer.end })}</p>}
      <div><Button icon="refresh" onPress={() => {
        setTyped('')
        setInputs([])
      }}>{t('restart')}</Button></div>
    </div>
  )
}
