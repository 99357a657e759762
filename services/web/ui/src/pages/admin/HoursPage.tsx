// When queues are open: weekly hours, the days off of the state, and days off of one's own.
import { create, fromJsonString } from '@bufbuild/protobuf'
import { edited } from '@/api/edit'
import { client } from '@/api/transport'
import { Queues } from '@/gen/trunkline/acd/v1/acd_pb'
import { Queue_OpeningHoursSchema, QueueSchema, type Queue } from '@/gen/trunkline/acd/v1/resources_pb'
import { SettingVersions } from '@/gen/trunkline/acd/v1/versions_pb'
import { useTexts } from '@/i18n/texts'
import type { FieldSpec } from '@/ui/Form'
import { StatusDot } from '@/ui/Status'
import { adminTexts } from './admin.texts'
import { faultOfDates, faultOfHours, linesOf, spansOf } from './hours'
import { ResourcePage, WORD, type Resource } from './ResourcePage'
import { versioned } from './versions'

const shown = (values: Record<string, unknown>) => !values.always
const FIELDS: FieldSpec[] = [
  { name: 'queueId', label: ['队列', 'Queue'], kind: 'text', required: true, key: true, pattern: WORD },
  { name: 'always', label: ['全天开放', 'Always open'], kind: 'switch' },
  { name: 'spans', label: ['每周时段', 'Weekly hours'], hint: ['每行一段，如“1-5 08:30-17:30”，1 为周一', 'One on each line: “1-5 08:30-17:30”; 1 is Monday'], kind: 'list', required: true, wide: true, shown, check: faultOfHours },
  { name: 'statutoryDays', label: ['按国家法定节假日和调休', 'Statutory days off and make-up workdays count'], kind: 'switch', shown },
  { name: 'closedDates', label: ['自定休息日', 'Days off'], hint: ['每行一天，如 2026-10-01', 'One on each line: 2026-10-01'], kind: 'list', wide: true, shown, check: faultOfDates },
  { name: 'timeZone', label: ['时区', 'Time zone'], hint: ['留空为 Asia/Shanghai', 'Empty: Asia/Shanghai'], kind: 'text', shown, pattern: { test: /^[A-Za-z]+(\/[A-Za-z0-9_+-]+){0,2}$/, fault: ['应如 Asia/Shanghai', 'Such as Asia/Shanghai'] } },
]

export default function HoursPage() {
  const t = useTexts(adminTexts)
  const resource: Resource<Queue> = {
    key: 'hours', title: t('hours'), right: 'acd.queues.write', fields: FIELDS, id: (queue) => queue.queueId, fixed: true,
    list: async (signal) => (await client(Queues).listQueues({}, { signal })).queues,
    columns: [
      { key: 'queue', title: t('queues'), width: '220px', cell: (queue) => <strong>{queue.title || queue.queueId}</strong>, order: (queue) => queue.title },
      { key: 'state', title: t('state'), width: '150px', cell: (queue) => <StatusDot tone={queue.hours === 'OPEN' || queue.hours === '' ? 'good' : 'off'} text={queue.hours === 'CLOSED' ? t('closedNow') : queue.hours === 'HOLIDAY' ? t('holidayNow') : t('openNow')} /> },
      { key: 'hours', title: t('hours'), cell: (queue) => (queue.openingHours ? linesOf(queue.openingHours.spans).join('; ') : t('always')) },
      { key: 'days', title: t('daysOff'), width: '220px', wideOnly: true, cell: (queue) => [queue.openingHours?.statutoryDays && t('statutory'), ...(queue.openingHours?.closedDates ?? [])].filter(Boolean).join(', ') },
    ],
    toValues: (queue) => ({
      queueId: queue?.queueId ?? '', always: queue?.openingHours === undefined, spans: linesOf(queue?.openingHours?.spans ?? []), statutoryDays: queue?.openingHours?.statutoryDays ?? true,
      closedDates: [...(queue?.openingHours?.closedDates ?? [])], timeZone: queue?.openingHours?.timeZone ?? '',
    }),
    save: (values, before) => {
      const queue = edited(QueueSchema, before, {})
      if (values.always) delete queue.openingHours
      else {
        queue.openingHours = create(Queue_OpeningHoursSchema, {
          spans: spansOf(values.spans as string[]), statutoryDays: Boolean(values.statutoryDays), timeZone: String(values.timeZone).trim(),
          closedDates: (values.closedDates as string[]).map((date) => date.trim()).filter(Boolean),
        })
      }
      return client(Queues).putQueue({ queue })
    },
    versions: versioned(SettingVersions, 'queue', (json) => client(Queues).putQueue({ queue: fromJsonString(QueueSchema, json, { ignoreUnknownFields: true }) })),
  }
  return <ResourcePage resource={resource} />
}
