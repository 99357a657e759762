// One working calendar: weekly hours with several spans a day, public holidays with their make-up workdays, exceptions, and
// overrides that take effect at once. A trial shows how a deadline would come to be.
import { create } from '@bufbuild/protobuf'
import { timestampFromMs } from '@bufbuild/protobuf/wkt'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import { faultField } from '@/api/problem'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { CalendarDaySchema, CalendarDefinitionSchema, SpansSchema, type CalendarDefinition } from '@/gen/trunkline/workorder/v1/definitions_pb'
import { WorkOrderSettings, type ExplainWorkingTimeResponse } from '@/gen/trunkline/workorder/v1/settings_pb'
import { common } from '@/i18n/common.texts'
import { dateTime } from '@/i18n/format'
import { useTexts, useWord } from '@/i18n/texts'
import { useDraft } from '@/kept/drafts'
import { dayLayers } from '@/pages/orders/orders.texts'
import { localTime } from '@/pages/orders/stepDraft'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { CheckField, SelectField, TextField } from '@/ui/Field'
import { Icon } from '@/ui/Icon'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { ListEditor } from './ListEditor'
import { faultReasons, settingsTexts, weekdays } from './settings.texts'
import { isSpans, spansOf } from './spans'

const settings = () => client(WorkOrderSettings)
const DAYS = [0, 1, 2, 3, 4, 5, 6]

const empty = () => create(CalendarDefinitionSchema, { timeZone: 'Asia/Shanghai', statutory: true, weekly: DAYS.map((day) => create(SpansSchema, { spans: day < 5 ? ['09:00-12:00', '13:30-17:30'] : [] })) })

interface Edited {
  calendar?: CalendarDefinition
  // As typed: what is half a span must stay.
  weekly?: string[]
}

export default function CalendarPage() {
  const { id = '' } = useParams<{ id: string }>()
  const t = useTexts(settingsTexts)
  const c = useTexts(common)
  const reason = useWord(faultReasons)
  const day = useWord(weekdays)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const [, go] = useLocation()
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const query = useQuery({
    queryKey: ['orderSettings', 'calendars', id], staleTime: Infinity,
    queryFn: async () => (id === 'new' ? empty() : (await settings().listCalendars({})).calendars.find((calendar) => calendar.calendarId === id)),
  })
  const kept = useDraft<Edited>(`settings.calendars.${id}`, () => ({}))
  const calendar = kept.value.calendar ?? query.data
  if (query.error) return <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />
  if (!calendar || !kept.ready) return <div className="boot" role="status" aria-label={c('loading')} />
  const dirty = kept.value.calendar !== undefined
  const weekly = kept.value.weekly ?? DAYS.map((at) => (calendar.weekly[at]?.spans ?? []).join(' '))
  const set = (change: Partial<CalendarDefinition>) => kept.set({ calendar: { ...calendar, ...change } })
  const save = async () => {
    const wrong: Record<string, string> = {}
    if (!/^[\w-]{1,60}$/.test(calendar.calendarId)) wrong.calendarId = reason('BAD_ID')
    if (!calendar.name.trim()) wrong.name = reason('MISSING')
    weekly.forEach((text, at) => {
      if (!isSpans(text)) wrong[`weekly${at}`] = reason('BAD_SPAN')
    })
    calendar.exceptions.forEach((exception, at) => {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(exception.date)) wrong[`date${at}`] = reason('BAD_DATE')
      if (!isSpans(exception.spans.join(' '))) wrong[`spans${at}`] = reason('BAD_SPAN')
    })
    setFaults(wrong)
    setFailure(undefined)
    if (Object.keys(wrong).length > 0 || busy) return
    setBusy(true)
    try {
      const saved = await settings().putCalendar({ calendar: { ...calendar, weekly: weekly.map((text) => create(SpansSchema, { spans: spansOf(text) })) } })
      await kept.drop()
      queries.setQueryData(['orderSettings', 'calendars', saved.calendarId], saved)
      void queries.invalidateQueries({ queryKey: ['orderSettings', 'list'] })
      toast('good', c('saved'))
      if (id === 'new') go(`/order-settings/calendars/${saved.calendarId}`, { replace: true })
    } catch (thrown) {
      const at = faultField(thrown, ['calendarId', 'timeZone', 'statutoryLines', 'weekly', 'exceptions'])
      if (at) setFaults({ [at]: (thrown as Error).message })
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  const mayWrite = can('workorder.settings.write')
  return (
    <div className="page">
      <div className="page-head">
        <Link href="/order-settings?tab=calendars" className="button quiet sign" aria-label={c('back')}><Icon name="left" /></Link>
        <h1>{t('calendars')}: {calendar.name || c('add')}</h1>
        {dirty && <Tag tone="warn">{t('unsaved')}</Tag>}
        {dirty && <Button kind="quiet" onPress={() => confirm(t('discardAsk')) && void kept.drop()}>{t('discard')}</Button>}
        {mayWrite && <Button kind="primary" busy={busy} onPress={() => void save()}>{c('save')}</Button>}
      </div>
      {failure !== undefined && <FailureNotice failure={failure} />}
      <div className="columns">
        <div className="page"><fieldset className="plain" disabled={!mayWrite}>
          <section className="card"><div className="fields">
            <TextField label={t('id')} required value={calendar.calendarId} disabled={id !== 'new'} maxLength={60} fault={faults.calendarId} onChange={(calendarId) => set({ calendarId })} />
            <TextField label={t('name')} required value={calendar.name} maxLength={60} fault={faults.name} onChange={(name) => set({ name })} />
            <TextField label={t('timeZone')} required value={calendar.timeZone} maxLength={60} fault={faults.timeZone} onChange={(timeZone) => set({ timeZone })} />
          </div></section>
          <section className="card"><h2>{t('weekly')}</h2><p className="muted small">{t('spansHint')}</p>
            {DAYS.map((at) => <div key={at} className="week-day"><TextField label={day(String(at))} value={weekly[at] ?? ''} fault={faults[`weekly${at}`]} onChange={(text) => {
              const next = weekly.map((each, index) => (index === at ? text : each))
              kept.set({ calendar: { ...calendar }, weekly: next })
            }} /></div>)}
          </section>
          <section className="card"><h2>{t('exceptions')}</h2>
            <ListEditor items={calendar.exceptions} name={(exception) => `${exception.date} ${exception.name}`} detail={(exception) => exception.spans.join(' ') || t('closedDay')} fault={(at) => Boolean(faults[`date${at}`] ?? faults[`spans${at}`])}
              add={t('addException')} fresh={() => create(CalendarDaySchema)} onChange={(exceptions) => set({ exceptions })}
              edit={(exception, change, at) => <div className="fields">
                <TextField label={t('date')} required type="date" value={exception.date} fault={faults[`date${at}`]} onChange={(date) => change({ date })} />
                <TextField label={t('name')} value={exception.name} maxLength={60} onChange={(name) => change({ name })} />
                <TextField label={t('spans')} value={exception.spans.join(' ')} hint={t('spansHint')} fault={faults[`spans${at}`]} onChange={(text) => change({ spans: text.split(/ /) })} />
              </div>} />
          </section>
        </fieldset></div>
        <div className="page">
          {id !== 'new' && <Overrides calendar={calendar} mayWrite={mayWrite} onChanged={(next) => {
            queries.setQueryData(['orderSettings', 'calendars', id], next)
            // What is being edited goes on, on top of the new revision.
            if (dirty) kept.set({ calendar: { ...calendar, overrides: next.overrides, revision: next.revision } })
          }} />}
          <fieldset className="plain" disabled={!mayWrite}>
            <section className="card"><h2>{t('holidays')}</h2>
              <CheckField label={t('statutory')} value={calendar.statutory} hint={calendar.knownYears.length > 0 ? t('knownYears', { years: calendar.knownYears.join(', ') }) : undefined} onChange={(statutory) => set({ statutory })} />
              {calendar.statutory && <>
                <SelectField label={t('makeUp')} value={String(calendar.makeUpWeekday)} options={DAYS.map((at) => ({ value: String(at), label: day(String(at)) }))} onChange={(at) => set({ makeUpWeekday: Number(at) })} />
                <TextField label={t('statutoryLines')} lines={5} value={calendar.statutoryLines} fault={faults.statutoryLines} onChange={(statutoryLines) => set({ statutoryLines })} />
              </>}
            </section>
          </fieldset>
          {id !== 'new' && <Trial calendarId={id} />}
        </div>
      </div>
    </div>
  )
}

function Overrides({ calendar, mayWrite, onChanged }: { calendar: CalendarDefinition; mayWrite: boolean; onChanged(next: CalendarDefinition): void }) {
  const t = useTexts(settingsTexts)
  const c = useTexts(common)
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [open, setOpen] = useState(false)
  const [value, setValue] = useState(() => ({ from: localTime(Date.now()), to: localTime(Date.now() + 86_400_000), open: 'false', reason: '' }))
  const [faults, setFaults] = useState<Record<string, string>>({})
  const reasonWord = useWord(faultReasons)
  const put = async () => {
    const wrong: Record<string, string> = {}
    if (!value.from) wrong.from = reasonWord('BAD_DATE')
    if (!value.to || value.to <= value.from) wrong.to = reasonWord('BAD_DATE')
    if (!value.reason.trim()) wrong.reason = reasonWord('MISSING')
    setFaults(wrong)
    if (Object.keys(wrong).length > 0) return
    try {
      onChanged(await settings().overrideCalendar({ calendarId: calendar.calendarId, fromTime: timestampFromMs(new Date(value.from).getTime()), toTime: timestampFromMs(new Date(value.to).getTime()), open: value.open === 'true', reason: value.reason.trim() }, { timeoutMs: 60_000 }))
      setOpen(false)
      toast('good', c('done'))
    } catch (thrown) {
      toast('bad', failureText(thrown))
    }
  }
  return (
    <section className="card">
      <div className="card-head"><h2>{t('overrides')}</h2>{mayWrite && <Button small icon="clock" onPress={() => setOpen(true)}>{t('overrideNow')}</Button>}</div>
      {calendar.overrides.length === 0 ? <p className="muted small">{t('none')}</p> : <ol className="log">{calendar.overrides.map((each) => (
        <li key={each.overrideId} className="row"><Tag tone={each.open ? 'good' : 'warn'}>{t(each.open ? 'openThen' : 'closedThen')}</Tag><span>{dateTime(each.fromTime)} – {dateTime(each.toTime)}</span><span className="grow">{each.reason}</span><span className="muted small">{each.actor}</span>
          {mayWrite && <Button small kind="quiet" icon="cross" label={t('removeOne', { name: each.reason })} onPress={() => void settings().overrideCalendar({ calendarId: calendar.calendarId, removeOverrideId: each.overrideId }, { timeoutMs: 60_000 }).then(onChanged, (thrown: unknown) => toast('bad', failureText(thrown)))} />}</li>
      ))}</ol>}
      {open && <Dialog title={t('overrideNow')} onClose={() => setOpen(false)}>
        <div className="form"><p className="muted">{t('overrideHint')}</p><div className="fields">
          <SelectField label={t('overrides')} value={value.open} onChange={(next) => setValue({ ...value, open: next })} options={[{ value: 'false', label: t('closedThen') }, { value: 'true', label: t('openThen') }]} />
          <TextField label={t('fromTime')} required type="datetime-local" value={value.from} fault={faults.from} onChange={(from) => setValue({ ...value, from })} />
          <TextField label={t('toTime')} required type="datetime-local" value={value.to} fault={faults.to} onChange={(to) => setValue({ ...value, to })} />
          <TextField label={t('reason')} required wide value={value.reason} maxLength={200} fault={faults.reason} onChange={(reason) => setValue({ ...value, reason })} />
        </div><footer><Button kind="primary" onPress={() => void put()}>{c('confirm')}</Button><Button onPress={() => setOpen(false)}>{c('cancel')}</Button></footer></div>
      </Dialog>}
    </section>
  )
}

function Trial({ calendarId }: { calendarId: string }) {
  const t = useTexts(settingsTexts)
  const layer = useWord(dayLayers)
  const [from, setFrom] = useState(() => localTime(Date.now()))
  const [days, setDays] = useState('5')
  const [answer, setAnswer] = useState<ExplainWorkingTimeResponse>()
  const [failure, setFailure] = useState<unknown>()
  const ask = () => settings().explainWorkingTime({ calendarId, startTime: timestampFromMs(new Date(from).getTime()), workingDays: Number(days) || 1 }).then((next) => {
    setAnswer(next)
    setFailure(undefined)
  }, setFailure)
  return (
    <section className="card"><h2>{t('tryOut')}</h2>
      <form className="filters" onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}>
        <TextField label={t('tryFrom')} type="datetime-local" value={from} onChange={setFrom} />
        <TextField label={t('tryDays')} inputMode="numeric" value={days} onChange={setDays} />
        <Button type="submit">{t('tryOut')}</Button>
      </form>
      {failure !== undefined && <FailureNotice failure={failure} />}
      {answer && <><p><strong>{t('tryResult', { time: dateTime(answer.endTime) })}</strong></p>
        <ol className="log small">{answer.days.map((each) => <li key={each.date}><span className="figure">{each.date}</span> {each.name || layer(each.layer)} <span className="muted">{each.spans.join(' ')}</span></li>)}</ol></>}
    </section>
  )
}
