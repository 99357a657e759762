// Queues: who may serve them, how long things may take, what callers hear while they wait.
import { create, fromJsonString } from '@bufbuild/protobuf'
import { edited } from '@/api/edit'
import { client } from '@/api/transport'
import { Queues } from '@/gen/trunkline/acd/v1/acd_pb'
import { QueueSchema, Queue_OverflowSchema, type Queue } from '@/gen/trunkline/acd/v1/resources_pb'
import { SettingVersions } from '@/gen/trunkline/acd/v1/versions_pb'
import { seconds } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import type { FieldSpec } from '@/ui/Form'
import { adminTexts } from './admin.texts'
import { duration } from './duration'
import { ResourcePage, WORD, type Resource } from './ResourcePage'
import { versioned } from './versions'

const STRATEGIES = [
  ['longest_idle', '最长空闲 / longest idle'], ['least_occupied', '占用最少 / least occupied'], ['fewest_contacts', '接听最少 / fewest contacts'],
  ['least_talk_time', '通话最短 / least talk time'], ['round_robin', '轮流 / round robin'], ['top_down', '固定顺序 / top down'],
  ['best_skill', '技能最高 / best skill'], ['weighted_random', '加权随机 / weighted random'], ['ring_all', '同时振铃 / ring all'],
] as const

const FIELDS: FieldSpec[] = [
  { name: 'queueId', label: ['编号', 'Id'], kind: 'text', required: true, key: true, pattern: WORD },
  { name: 'title', label: ['名称', 'Title'], kind: 'text', required: true, longest: 60 },
  { name: 'requiredSkills', label: ['所需技能（最低等级）', 'Skills needed (lowest level)'], kind: 'levels' },
  { name: 'serviceLevelThreshold', label: ['服务水平阈值', 'Answered within'], kind: 'seconds', most: 600, required: true },
  { name: 'ringLimit', label: ['振铃上限', 'Rings at most'], kind: 'seconds', least: 3, most: 120, required: true },
  { name: 'wrapUpLimit', label: ['话后上限', 'Wrap-up at most'], kind: 'seconds', most: 3600 },
  { name: 'wrapUpExtension', label: ['话后可延长', 'Wrap-up may be extended by'], hint: ['只能一次；0 表示不可', 'Once; 0: not'], kind: 'seconds', most: 3600 },
  { name: 'weight', label: ['权重', 'Weight'], hint: ['数值大的队列优先', 'Higher is served first'], kind: 'number', most: 1000 },
  { name: 'strategy', label: ['分配策略', 'Who is chosen'], kind: 'choice', options: () => STRATEGIES.map(([value, label]) => ({ value, label })) },
  { name: 'recording', label: ['录音', 'Recording'], kind: 'choice', options: () => [{ value: 'never', label: '不录音 / never' }, { value: 'wish', label: '录音 / record' }, { value: 'must', label: '必须录音 / must record' }] },
  { name: 'language', label: ['播报语言', 'Language'], kind: 'choice', options: () => [{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }] },
  { name: 'announcementInterval', label: ['排队位置播报间隔', 'Place is announced every'], hint: ['0 表示不播报', '0: never'], kind: 'seconds', most: 600 },
  { name: 'announcementText', label: ['播报内容', 'Announcement'], hint: ['{ahead} 为前面的人数；留空用默认', '{ahead} is how many are before; empty: the default'], kind: 'text', wide: true },
  { name: 'nextText', label: ['下一位时播报', 'When next'], kind: 'text', wide: true },
  { name: 'overflowAfter', label: ['溢出等待', 'Overflows after'], hint: ['0 表示不溢出', '0: never'], kind: 'seconds', most: 3600 },
  { name: 'overflowTo', label: ['溢出到队列', 'To queue'], kind: 'text', pattern: WORD },
]

export default function QueuesPage() {
  const t = useTexts(adminTexts)
  const resource: Resource<Queue> = {
    key: 'queues', title: t('queues'), right: 'acd.queues.write', fields: FIELDS,
    list: async (signal) => (await client(Queues).listQueues({}, { signal })).queues,
    id: (queue) => queue.queueId,
    columns: [
      { key: 'id', title: t('id'), width: '160px', cell: (queue) => queue.queueId, order: (queue) => queue.queueId },
      { key: 'name', title: t('name'), cell: (queue) => <strong>{queue.title}</strong>, order: (queue) => queue.title },
      { key: 'skills', title: t('skills'), wideOnly: true, cell: (queue) => Object.entries(queue.requiredSkills).map(([name, level]) => `${name} ≥ ${level}`).join(', ') },
      { key: 'threshold', title: t('threshold'), width: '130px', right: true, cell: (queue) => `${seconds(queue.serviceLevelThreshold)} s` },
      { key: 'ring', title: t('ring'), width: '110px', right: true, wideOnly: true, cell: (queue) => `${seconds(queue.ringLimit)} s` },
      { key: 'wrap', title: t('wrap'), width: '120px', right: true, wideOnly: true, cell: (queue) => `${seconds(queue.wrapUpLimit)} s` },
      { key: 'weight', title: t('weight'), width: '90px', right: true, cell: (queue) => String(queue.weight), order: (queue) => queue.weight },
    ],
    toValues: (queue) => ({
      queueId: queue?.queueId ?? '', title: queue?.title ?? '', requiredSkills: { ...queue?.requiredSkills }, strategy: queue?.strategy || 'longest_idle',
      serviceLevelThreshold: queue ? seconds(queue.serviceLevelThreshold) : 20, ringLimit: queue ? seconds(queue.ringLimit) : 20, wrapUpLimit: queue ? seconds(queue.wrapUpLimit) : 30,
      wrapUpExtension: seconds(queue?.wrapUpExtension), weight: queue?.weight ?? 1, recording: queue?.recording || 'wish', language: queue?.language || 'zh',
      announcementInterval: queue ? seconds(queue.announcementInterval) : 30, announcementText: queue?.announcementText ?? '', nextText: queue?.nextText ?? '',
      overflowAfter: seconds(queue?.overflow?.after), overflowTo: queue?.overflow?.toQueue ?? '',
    }),
    save: (values, before) => client(Queues).putQueue({
      // What this form does not know stays as it was.
      queue: edited(QueueSchema, before, {
        queueId: String(values.queueId).trim(), title: String(values.title).trim(), requiredSkills: values.requiredSkills as Record<string, number>, strategy: String(values.strategy),
        serviceLevelThreshold: duration(values.serviceLevelThreshold), ringLimit: duration(values.ringLimit), wrapUpLimit: duration(values.wrapUpLimit), wrapUpExtension: duration(values.wrapUpExtension), weight: Number(values.weight) || 0,
        recording: String(values.recording), language: String(values.language), announcementInterval: duration(values.announcementInterval), announcementText: String(values.announcementText), nextText: String(values.nextText),
        overflow: create(Queue_OverflowSchema, Number(values.overflowAfter) > 0 ? { after: duration(values.overflowAfter), toQueue: String(values.overflowTo).trim() } : {}),
      }),
    }),
    remove: (queue) => client(Queues).deleteQueue({ queueId: queue.queueId }),
    versions: versioned(SettingVersions, 'queue', (json) => client(Queues).putQueue({ queue: fromJsonString(QueueSchema, json, { ignoreUnknownFields: true }) })),
  }
  return <ResourcePage resource={resource} />
}
