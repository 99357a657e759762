// Every published version: make it current again, or see what the draft changes.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Flows, type FlowVersion } from '@/gen/trunkline/ivr/v1/ivr_pb'
import { dateTime } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { useFailureText, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { flowsTexts } from './flows.texts'
import { compare, toEditor, type Difference, type EditorFlow } from './model'

export function Versions({ flow, versions }: { flow: EditorFlow; versions: FlowVersion[] }) {
  const t = useTexts(flowsTexts)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [compared, setCompared] = useState<{ version: number; differences: Difference[] }>()
  const rollBack = (version: number) => client(Flows).rollBackFlow({ name: flow.name, version }).then(() => {
    toast('good', t('rolledBack', { version }))
    void queries.invalidateQueries({ queryKey: ['flows'] })
  }, (thrown: unknown) => toast('bad', failureText(thrown)))
  const show = (version: number) => client(Flows).getFlow({ name: flow.name, version }).then((answer) => answer.flow && setCompared({ version, differences: compare(toEditor(answer.flow), flow) }), (thrown: unknown) => toast('bad', failureText(thrown)))
  return (
    <ol className="log">
      {[...versions].sort((a, b) => b.version - a.version).map((version) => (
        <li key={version.version}>
          <div className="row"><strong>{t('version')} {version.version}</strong>{version.current && <Tag tone="good">{t('current')}</Tag>}<span className="muted">{dateTime(version.publishTime)}</span></div>
          {version.note && <p className="small">{version.note}</p>}
          <div className="row"><Button small onPress={() => void show(version.version)}>{t('compare')}</Button>{!version.current && can('ivr.flows.write') && <Button small onPress={() => void rollBack(version.version)}>{t('rollBack')}</Button>}</div>
          {compared?.version === version.version && (compared.differences.length === 0 ? <p className="muted">{t('same')}</p> : (
            <ul className="differences">{compared.differences.map((difference) => <li key={difference.id}><Tag tone={difference.change === 'added' ? 'good' : difference.change === 'removed' ? 'bad' : 'warn'}>{t(difference.change)}</Tag> <strong>{difference.id}</strong>{difference.lines.map((line) => <div key={line} className="small">{line}</div>)}</li>)}</ul>
          ))}
        </li>
      ))}
    </ol>
  )
}
