// Notices with read receipts, one's own tasks and schedule, messages of colleagues.
import { timestampFromMs } from '@bufbuild/protobuf/wkt'
import { create } from '@bufbuild/protobuf'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Link, useSearchParams } from 'wouter'
import { useRefreshOn } from '@/api/acd'
import { client } from '@/api/transport'
import { useCan, useSession } from '@/app/session'
import { Office } from '@/gen/trunkline/knowledge/v1/knowledge_pb'
import { BulletinSchema, TaskSchema, type Bulletin, type Task } from '@/gen/trunkline/knowledge/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { dateTime, millis } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { useDraft } from '@/kept/drafts'
import { localTime } from '@/pages/orders/stepDraft'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { CheckField, TextField } from '@/ui/Field'
import { Empty, FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { Tabs } from '@/ui/Tabs'
import { byDay } from './days'
import { officeTexts } from './office.texts'

const TABS = ['bulletins', 'tasks', 'messages'] as const
const BULLETINS = ['bulletins']
const TASKS = ['tasks']
const MESSAGES = ['messages']
const at = (text: string) => (text ? { value: timestampFromMs(new Date(text).getTime()) } : {})

// A reader is known by his agent id, else by his user id.
const useReader = () => useSession((session) => session.identity?.user.agentId || session.identity?.user.userId || '')

export default function OfficePage() {
  const t = useTexts(officeTexts)
  const [search, setSearch] = useSearchParams()
  const tab = TABS.find((each) => each === search.get('tab')) ?? 'bulletins'
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1></div>
      <Tabs label={t('title')} chosen={tab} onChoose={(key) => setSearch({ tab: key })} tabs={TABS.map((key) => ({ key, title: t(key) }))} />
      {tab === 'bulletins' && <BulletinList />}
      {tab === 'tasks' && <TaskList />}
      {tab === 'messages' && <MessageList />}
    </div>
  )
}

function BulletinList() {
  const t = useTexts(officeTexts)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [publishing, setPublishing] = useState(false)
  const [asked, setAsked] = useState<Bulletin>()
  useRefreshOn('trunkline.knowledge.v1.Bulletin', BULLETINS, 800)
  const query = useQuery({ queryKey: [...BULLETINS, 'all'], queryFn: ({ signal }) => client(Office).listBulletins({ withRead: true }, { signal }) })
  const again = () => void queries.invalidateQueries({ queryKey: BULLETINS })
  const act = (work: Promise<unknown>) => void work.then(again, (thrown: unknown) => toast('bad', failureText(thrown)))
  const mayWrite = can('knowledge.bulletins.write')
  return (
    <>
      {mayWrite && <div><Button kind="primary" icon="plus" onPress={() => setPublishing(true)}>{t('publish')}</Button></div>}
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.bulletins.length === 0 && <Empty icon="note" title={t('noBulletins')} />}
      {query.data?.bulletins.map((bulletin) => (
        <section key={bulletin.bulletinId} className="card">
          <div className="card-head">{bulletin.urgent && <Tag tone="bad">{t('urgent')}</Tag>}<h2>{bulletin.title}</h2><Tag tone={bulletin.read ? 'off' : 'warn'}>{t(bulletin.read ? 'isRead' : 'isUnread')}</Tag></div>
          <p className="description">{bulletin.body}</p>
          <div className="row"><span className="muted small grow">{bulletin.author} · {dateTime(bulletin.publishTime)}{bulletin.expireTime && ` – ${dateTime(bulletin.expireTime)}`}</span>
            {!bulletin.read && <Button small icon="check" onPress={() => act(client(Office).confirmBulletin({ bulletinId: bulletin.bulletinId }))}>{t('confirm')}</Button>}
            {mayWrite && <Button small onPress={() => setAsked(bulletin)}>{t('readers', { count: bulletin.readers })}</Button>}
            {mayWrite && <Button small kind="quiet" onPress={() => confirm(t('withdrawAsk', { name: bulletin.title })) && act(client(Office).withdrawBulletin({ bulletinId: bulletin.bulletinId }))}>{t('withdraw')}</Button>}
          </div>
        </section>
      ))}
      {publishing && <Publish onClose={() => setPublishing(false)} onDone={() => {
        setPublishing(false)
        again()
      }} />}
      {asked && <Receipts bulletin={asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

function Receipts({ bulletin, onClose }: { bulletin: Bulletin; onClose(): void }) {
  const t = useTexts(officeTexts)
  const query = useQuery({ queryKey: [...BULLETINS, 'receipts', bulletin.bulletinId], queryFn: ({ signal }) => client(Office).listReadReceipts({ bulletinId: bulletin.bulletinId }, { signal }) })
  return (
    <Dialog title={`${t('receipts')}: ${bulletin.title}`} onClose={onClose}>
      {query.error && <FailureNotice failure={query.error} />}
      {query.data?.receipts.length === 0 && <p className="muted">{t('noReceipts')}</p>}
      <ol className="log">{query.data?.receipts.map((receipt) => <li key={receipt.reader} className="row"><strong>{receipt.reader}</strong><span className="muted">{dateTime(receipt.time)}</span></li>)}</ol>
    </Dialog>
  )
}

function Publish({ onClose, onDone }: { onClose(): void; onDone(): void }) {
  const t = useTexts(officeTexts)
  const c = useTexts(common)
  const [request] = useState(() => crypto.randomUUID())
  const { value, set, drop } = useDraft('bulletin', () => ({ title: '', body: '', audience: '', expires: '', urgent: false }))
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!value.title.trim()) return setFaults({ title: t('missing') })
    setFaults({})
    try {
      const { value: expireTime } = at(value.expires)
      await client(Office).publishBulletin({ requestId: request, bulletin: create(BulletinSchema, { title: value.title.trim(), body: value.body.trim(), urgent: value.urgent, audience: value.audience.split('\n').map((line) => line.trim()).filter(Boolean), ...(expireTime ? { expireTime } : {}) }) })
      await drop()
      onDone()
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  return (
    <Dialog title={t('publish')} place="side" onClose={onClose}>
      <form noValidate className="form" onSubmit={(event) => void submit(event)}>
        <TextField label={t('heading')} required value={value.title} maxLength={100} fault={faults.title} autoFocus onChange={(title) => set({ title })} />
        <TextField label={t('body')} lines={6} value={value.body} maxLength={4000} onChange={(body) => set({ body })} />
        <TextField label={t('audience')} lines={2} value={value.audience} onChange={(audience) => set({ audience })} />
        <TextField label={t('expires')} type="datetime-local" value={value.expires} onChange={(expires) => set({ expires })} />
        <CheckField label={t('urgent')} value={value.urgent} onChange={(urgent) => set({ urgent })} />
        {failure !== undefined && <FailureNotice failure={failure} />}
        <footer><Button type="submit" kind="primary">{t('publish')}</Button><Button onPress={onClose}>{c('cancel')}</Button></footer>
      </form>
    </Dialog>
  )
}

function TaskList() {
  const t = useTexts(officeTexts)
  const c = useTexts(common)
  const owner = useReader()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [withDone, setWithDone] = useState(false)
  const [editing, setEditing] = useState<Task>()
  useRefreshOn('trunkline.knowledge.v1.Task', TASKS, 800)
  const query = useQuery({ queryKey: [...TASKS, owner, withDone], queryFn: ({ signal }) => client(Office).listTasks({ owner, withDone }, { signal }) })
  const again = () => void queries.invalidateQueries({ queryKey: TASKS })
  const act = (work: Promise<unknown>) => void work.then(again, (thrown: unknown) => toast('bad', failureText(thrown)))
  return (
    <>
      <div className="row"><Button kind="primary" icon="plus" onPress={() => setEditing(create(TaskSchema))}>{t('addTask')}</Button><CheckField label={t('withDone')} value={withDone} onChange={setWithDone} /></div>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.tasks.length === 0 && <Empty icon="check" title={t('noTasks')} hint={t('noTasksHint')} />}
      {byDay(query.data?.tasks ?? []).map(({ day, tasks }) => (
        <section key={day} className="card">
          {day && <h2 className="figure">{day}</h2>}
          <ol className="log">{tasks.map((task) => (
            <li key={task.taskId}>
              <div className="row"><strong className={task.done ? 'muted' : ''}>{task.title}</strong>{task.startTime && <span className="figure">{dateTime(task.startTime)}{task.endTime && ` – ${dateTime(task.endTime)}`}</span>}{task.done && <Tag tone="good">{t('done')}</Tag>}</div>
              {task.text && <p className="description">{task.text}</p>}
              <div className="row">
                {task.articleId && <Link className="button small" href={`/knowledge?article=${task.articleId}`}>{t('toArticle')}</Link>}
                <Button small icon="check" onPress={() => act(client(Office).putTask({ owner, requestId: crypto.randomUUID(), task: { ...task, done: !task.done } }))}>{t(task.done ? 'reopen' : 'done')}</Button>
                <Button small onPress={() => setEditing(task)}>{c('edit')}</Button>
                <Button small kind="quiet" onPress={() => confirm(c('removeAsk', { name: task.title })) && act(client(Office).deleteTask({ owner, taskId: task.taskId }))}>{c('remove')}</Button>
              </div>
            </li>
          ))}</ol>
        </section>
      ))}
      {editing && <TaskForm owner={owner} task={editing} onClose={() => setEditing(undefined)} onDone={() => {
        setEditing(undefined)
        again()
      }} />}
    </>
  )
}

function TaskForm({ owner, task, onClose, onDone }: { owner: string; task: Task; onClose(): void; onDone(): void }) {
  const t = useTexts(officeTexts)
  const c = useTexts(common)
  const [request] = useState(() => crypto.randomUUID())
  const local = (time: Task['startTime']) => (time ? localTime(millis(time) ?? 0) : '')
  const { value, set, drop } = useDraft(`task.${task.taskId || 'new'}`, () => ({ title: task.title, text: task.text, start: local(task.startTime), end: local(task.endTime), remind: local(task.remindTime) }))
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wrong: Record<string, string> = {}
    if (!value.title.trim()) wrong.title = t('missing')
    if (value.end && value.end <= value.start) wrong.end = t('endBeforeStart')
    setFaults(wrong)
    if (Object.keys(wrong).length > 0) return
    try {
      const [start, end, remind] = [at(value.start).value, at(value.end).value, at(value.remind).value]
      const { startTime: _s, endTime: _e, remindTime: _r, ...rest } = task
      await client(Office).putTask({ owner, requestId: request, task: create(TaskSchema, { ...rest, $typeName: undefined, owner, title: value.title.trim(), text: value.text.trim(), ...(start ? { startTime: start } : {}), ...(end ? { endTime: end } : {}), ...(remind ? { remindTime: remind } : {}) }) })
      await drop()
      onDone()
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  return (
    <Dialog title={t('tasks')} place="side" onClose={onClose}>
      <form noValidate className="form" onSubmit={(event) => void submit(event)}>
        <TextField label={t('taskTitle')} required value={value.title} maxLength={200} fault={faults.title} autoFocus onChange={(title) => set({ title })} />
        <TextField label={t('note')} lines={3} value={value.text} maxLength={2000} onChange={(text) => set({ text })} />
        <div className="fields">
          <TextField label={t('starts')} type="datetime-local" value={value.start} onChange={(start) => set({ start })} />
          <TextField label={t('ends')} type="datetime-local" value={value.end} fault={faults.end} onChange={(end) => set({ end })} />
          <TextField label={t('remind')} type="datetime-local" value={value.remind} onChange={(remind) => set({ remind })} />
        </div>
        {failure !== undefined && <FailureNotice failure={failure} />}
        <footer><Button type="submit" kind="primary">{c('save')}</Button><Button onPress={onClose}>{c('cancel')}</Button></footer>
      </form>
    </Dialog>
  )
}

function MessageList() {
  const t = useTexts(officeTexts)
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>()
  const { value, set, drop } = useDraft('message', () => ({ to: '', text: '' }))
  useRefreshOn('trunkline.knowledge.v1.MessageSent', MESSAGES, 500)
  const query = useQuery({ queryKey: MESSAGES, queryFn: ({ signal }) => client(Office).listMessages({ markRead: true }, { signal }) })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wrong: Record<string, string> = {}
    const recipients = value.to.split(/[,，\s]+/).filter(Boolean)
    if (recipients.length === 0) wrong.to = t('missing')
    if (!value.text.trim()) wrong.text = t('missing')
    setFaults(wrong)
    setFailure(undefined)
    if (Object.keys(wrong).length > 0) return
    try {
      await client(Office).sendMessage({ requestId: crypto.randomUUID(), recipients, text: value.text.trim() })
      await drop()
      toast('good', t('sent'))
      void queries.invalidateQueries({ queryKey: MESSAGES })
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  return (
    <div className="columns">
      <section className="card"><form noValidate className="form" onSubmit={(event) => void submit(event)}>
        <TextField label={t('to')} required value={value.to} maxLength={400} fault={faults.to} onChange={(to) => set({ to })} />
        <TextField label={t('message')} required lines={4} value={value.text} maxLength={2000} fault={faults.text} onChange={(text) => set({ text })} />
        {failure !== undefined && <FailureNotice failure={failure} />}
        <footer><Button type="submit" kind="primary">{t('sendMessage')}</Button></footer>
      </form></section>
      <section className="card">
        {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
        {query.data?.messages.length === 0 && <Empty icon="note" title={t('noMessages')} />}
        <ol className="log">{query.data?.messages.map((message) => (
          <li key={message.messageId}><div className="row"><strong>{message.sender}</strong><span className="muted">→ {message.recipients.join(', ')} · {dateTime(message.time)}</span>{!message.read && <Tag tone="info">{t('isUnread')}</Tag>}</div><p className="description">{message.text}</p></li>
        ))}</ol>
      </section>
    </div>
  )
}
