// What an operator's own staff changes about work orders: types, flows, calendars, units, texts to customers.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { UnitSchema, NoticeTemplateSchema, type CalendarDefinition, type FlowDefinition, type NoticeTemplate, type OrderTypeDefinition, type Unit, type VersionInfo } from '@/gen/trunkline/workorder/v1/definitions_pb'
import { Medium, OrderType, Step } from '@/gen/trunkline/workorder/v1/resources_pb'
import { WorkOrderSettings } from '@/gen/trunkline/workorder/v1/settings_pb'
import { edited } from '@/api/edit'
import { common } from '@/i18n/common.texts'
import { dateTime } from '@/i18n/format'
import { useTexts, useWord } from '@/i18n/texts'
import { ResourcePage, WORD, type Resource } from '@/pages/admin/ResourcePage'
import { media, orderSteps, orderTypes } from '@/pages/orders/orders.texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { Dialog } from '@/ui/Dialog'
import { SelectField } from '@/ui/Field'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { Tabs } from '@/ui/Tabs'
import { operators, settingsTexts } from './settings.texts'
import { useChoices } from './words'

const settings = () => client(WorkOrderSettings)
const TABS = ['types', 'flows', 'calendars', 'units', 'templates'] as const

export default function SettingsPage() {
  const t = useTexts(settingsTexts)
  const can = useCan()
  const [search, setSearch] = useSearchParams()
  const [installing, setInstalling] = useState(false)
  const tab = TABS.find((each) => each === search.get('tab')) ?? 'types'
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1>{can('workorder.settings.write') && <Button onPress={() => setInstalling(true)}>{t('install')}</Button>}</div>
      <Tabs label={t('title')} chosen={tab} onChoose={(key) => setSearch({ tab: key })} tabs={TABS.map((key) => ({ key, title: t(key) }))} />
      {tab === 'types' && <Definitions kind="types" />}
      {tab === 'flows' && <Definitions kind="flows" />}
      {tab === 'calendars' && <Calendars />}
      {tab === 'units' && <Units />}
      {tab === 'templates' && <Templates />}
      {installing && <Install onClose={() => setInstalling(false)} />}
    </div>
  )
}

interface Row {
  id: string
  name: string
  about: string
  version: VersionInfo | undefined
  draft: boolean
  retired: boolean
}

async function loadTypes(about: (type: OrderTypeDefinition) => string): Promise<Row[]> {
  const { types, drafts } = await settings().listTypes({ withDrafts: true, withRetired: true })
  return merge(types, drafts, (type) => ({ id: type.typeId, name: type.name, about: about(type), version: type.version, draft: false, retired: type.retired }))
}

async function loadFlows(about: (flow: FlowDefinition) => string): Promise<Row[]> {
  const { flows, drafts } = await settings().listFlows({ withDrafts: true })
  return merge(flows, drafts, (flow) => ({ id: flow.flowId, name: flow.name, about: about(flow), version: flow.version, draft: false, retired: false }))
}

function merge<D>(published: D[], drafts: D[], row: (definition: D) => Row): Row[] {
  const rows = published.map(row)
  for (const draft of drafts.map(row)) {
    const known = rows.find((each) => each.id === draft.id)
    if (known) known.draft = true
    else rows.push({ ...draft, version: undefined, draft: true })
  }
  return rows
}

function Definitions({ kind }: { kind: 'types' | 'flows' }) {
  const t = useTexts(settingsTexts)
  const c = useTexts(common)
  const word = useWord(orderTypes)
  const can = useCan()
  const [, go] = useLocation()
  const query = useQuery({
    queryKey: ['orderSettings', 'list', kind, 'rows'],
    queryFn: () => (kind === 'types' ? loadTypes((type) => `${word(OrderType[type.kind] ?? '')} · ${t('fieldsCount', { count: type.fields.length })}`) : loadFlows((flow) => t('statesCount', { count: flow.states.length }))),
  })
  const columns: Column<Row>[] = [
    { key: 'id', title: t('id'), width: '180px', wideOnly: true, cell: (row) => row.id, order: (row) => row.id },
    { key: 'name', title: t('name'), cell: (row) => <span className="row"><strong>{row.name}</strong>{row.draft && <Tag tone="info">{t('draft')}</Tag>}{row.retired && <Tag tone="off">{t('retired')}</Tag>}</span>, order: (row) => row.name },
    { key: 'about', title: t('kind'), wideOnly: true, cell: (row) => row.about },
    { key: 'version', title: t('versions'), width: '260px', cell: (row) => (row.version ? `${t('version', { version: row.version.version })} · ${row.version.author} ${dateTime(row.version.time)}` : t('neverPublished')) },
  ]
  return (
    <>
      {can('workorder.settings.write') && <div><Button icon="plus" onPress={() => go(`/order-settings/${kind}/new`)}>{c('add')}</Button></div>}
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <DataTable label={t(kind)} rows={query.data} columns={columns} id={(row) => row.id} onOpen={(row) => go(`/order-settings/${kind}/${row.id}`)} empty={{ title: t('none') }} />}
    </>
  )
}

function Calendars() {
  const t = useTexts(settingsTexts)
  const c = useTexts(common)
  const can = useCan()
  const [, go] = useLocation()
  const query = useQuery({ queryKey: ['orderSettings', 'list', 'calendars'], queryFn: () => settings().listCalendars({}) })
  const columns: Column<CalendarDefinition>[] = [
    { key: 'id', title: t('id'), width: '180px', wideOnly: true, cell: (calendar) => calendar.calendarId },
    { key: 'name', title: t('name'), cell: (calendar) => <strong>{calendar.name}</strong> },
    { key: 'weekly', title: t('weekly'), cell: (calendar) => (calendar.weekly[0]?.spans ?? []).join(' ') },
    { key: 'overrides', title: t('overrides'), width: '160px', cell: (calendar) => (calendar.overrides.length > 0 ? String(calendar.overrides.length) : '') },
  ]
  return (
    <>
      {can('workorder.settings.write') && <div><Button icon="plus" onPress={() => go('/order-settings/calendars/new')}>{c('add')}</Button></div>}
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.warnings.map((warning) => <div key={warning} className="notice warn">{warning}</div>)}
      {query.data && <DataTable label={t('calendars')} rows={query.data.calendars} columns={columns} id={(calendar) => calendar.calendarId} onOpen={(calendar) => go(`/order-settings/calendars/${calendar.calendarId}`)} empty={{ title: t('none') }} />}
    </>
  )
}

function Units() {
  const t = useTexts(settingsTexts)
  const calendars = useQuery({ queryKey: ['orderSettings', 'list', 'calendars'], queryFn: () => settings().listCalendars({}) }).data?.calendars ?? []
  const units = useQuery({ queryKey: ['orderUnits'], queryFn: () => settings().listUnits({}) }).data?.units ?? []
  const resource: Resource<Unit> = {
    key: 'orderUnits', title: t('units'), right: 'workorder.settings.write',
    list: async (signal) => (await settings().listUnits({}, { signal })).units,
    id: (unit) => unit.unitId,
    columns: [
      { key: 'id', title: t('id'), width: '180px', cell: (unit) => unit.unitId, order: (unit) => unit.unitId },
      { key: 'name', title: t('name'), cell: (unit) => <span className="row"><strong>{unit.name}</strong>{unit.retired && <Tag tone="off">{t('retired')}</Tag>}</span> },
      { key: 'parent', title: t('parent'), wideOnly: true, cell: (unit) => units.find((each) => each.unitId === unit.parentId)?.name ?? unit.parentId },
      { key: 'phone', title: t('phone'), width: '160px', wideOnly: true, cell: (unit) => unit.phone },
    ],
    fields: [
      { name: 'unitId', label: ['编号', 'Id'], kind: 'text', required: true, key: true, pattern: WORD }, { name: 'name', label: ['名称', 'Name'], kind: 'text', required: true, longest: 60 },
      { name: 'parentId', label: ['上级单位', 'Above it'], kind: 'choice', options: () => [{ value: '', label: '–' }, ...units.map((unit) => ({ value: unit.unitId, label: unit.name }))] },
      { name: 'phone', label: ['电话', 'Telephone'], kind: 'text', longest: 40 }, { name: 'email', label: ['邮箱', 'Email'], kind: 'text', longest: 120 },
      { name: 'calendarId', label: ['工作日历', 'Calendar'], kind: 'choice', options: () => [{ value: '', label: '–' }, ...calendars.map((calendar) => ({ value: calendar.calendarId, label: calendar.name }))] },
      { name: 'retired', label: ['停用', 'Retired'], kind: 'switch' },
    ],
    toValues: (unit) => ({ unitId: unit?.unitId ?? '', name: unit?.name ?? '', parentId: unit?.parentId ?? '', phone: unit?.phone ?? '', email: unit?.email ?? '', calendarId: unit?.calendarId ?? '', retired: unit?.retired ?? false }),
    save: (values, before) => settings().putUnit({ unit: edited(UnitSchema, before, { unitId: String(values.unitId).trim(), name: String(values.name).trim(), parentId: String(values.parentId), phone: String(values.phone).trim(), email: String(values.email).trim(), calendarId: String(values.calendarId), retired: Boolean(values.retired) }) }),
  }
  return <ResourcePage resource={resource} embedded />
}

function Templates() {
  const t = useTexts(settingsTexts)
  const step = useWord(orderSteps)
  const medium = useWord(media)
  const steps = useChoices(Step, orderSteps)
  const mediums = useChoices(Medium, media)
  const types = useQuery({ queryKey: ['orderTypes'], queryFn: () => settings().listTypes({}) }).data?.types ?? []
  const typeName = (id: string) => (id === '' ? t('everyType') : types.find((type) => type.typeId === id)?.name ?? id)
  const id = (template: NoticeTemplate) => `${step(Step[template.step] ?? '')} · ${medium(Medium[template.medium] ?? '')} · ${typeName(template.typeId)}`
  const resource: Resource<NoticeTemplate> = {
    key: 'orderTemplates', title: t('templates'), right: 'workorder.settings.write',
    list: async (signal) => (await settings().listTemplates({}, { signal })).templates,
    id,
    columns: [
      { key: 'step', title: t('afterStep'), width: '150px', cell: (template) => <strong>{step(Step[template.step] ?? '')}</strong> },
      { key: 'medium', title: t('medium'), width: '100px', cell: (template) => medium(Medium[template.medium] ?? '') },
      { key: 'type', title: t('ofType'), width: '150px', wideOnly: true, cell: (template) => typeName(template.typeId) },
      { key: 'text', title: t('text'), cell: (template) => template.text },
    ],
    fields: [
      { name: 'step', label: ['步骤之后', 'After the step'], kind: 'choice', key: true, options: () => steps },
      { name: 'medium', label: ['方式', 'Medium'], kind: 'choice', key: true, options: () => mediums },
      { name: 'typeId', label: ['工单类型', 'Type'], kind: 'choice', key: true, options: () => [{ value: '', label: t('everyType') }, ...types.map((type) => ({ value: type.typeId, label: type.name }))] },
      { name: 'text', label: ['内容', 'Text'], hint: ['可用：{number} {check_code} {title} {type} {state} {branch} {due} {text} {customer}', 'May be used: {number} {check_code} {title} {type} {state} {branch} {due} {text} {customer}'], kind: 'lines', required: true, wide: true, longest: 1500 },
    ],
    toValues: (template) => ({ step: String(template?.step ?? Step.CREATE), medium: String(template?.medium ?? Medium.SMS), typeId: template?.typeId ?? '', text: template?.text ?? '' }),
    save: (values, before) => settings().putTemplate({ template: edited(NoticeTemplateSchema, before, { step: Number(values.step), medium: Number(values.medium), typeId: String(values.typeId), text: String(values.text).trim() }) }),
    remove: (template) => settings().putTemplate({ template: edited(NoticeTemplateSchema, template, { text: '' }) }),
  }
  return <ResourcePage resource={resource} embedded />
}

function Install({ onClose }: { onClose(): void }) {
  const t = useTexts(settingsTexts)
  const c = useTexts(common)
  const word = useWord(operators)
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [operator, setOperator] = useState('bus')
  return (
    <Dialog title={t('install')} onClose={onClose}>
      <div className="form"><p className="muted">{t('installHint')}</p>
        <SelectField label={t('operator')} value={operator} onChange={setOperator} options={Object.keys(operators).map((value) => ({ value, label: word(value) }))} />
        <footer><Button kind="primary" onPress={() => void settings().installDefaults({ operator }).then(({ added }) => {
          toast('good', t('installed', { count: added }))
          onClose()
          void queries.invalidateQueries({ queryKey: ['orderSettings'] })
        }, (thrown: unknown) => toast('bad', failureText(thrown)))}>{t('install')}</Button><Button onPress={onClose}>{c('cancel')}</Button></footer>
      </div>
    </Dialog>
  )
}
