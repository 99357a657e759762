// Why an agent may be not ready: who may choose it, and how long it may last.
import { fromJsonString } from '@bufbuild/protobuf'
import { create } from '@bufbuild/protobuf'
import { client } from '@/api/transport'
import { Agents } from '@/gen/trunkline/acd/v1/acd_pb'
import { ReasonSchema, type Reason } from '@/gen/trunkline/acd/v1/resources_pb'
import { SettingVersions } from '@/gen/trunkline/acd/v1/versions_pb'
import { clock, seconds } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import type { FieldSpec } from '@/ui/Form'
import { adminTexts } from './admin.texts'
import { duration } from './duration'
import { ResourcePage, WORD, type Resource } from './ResourcePage'
import { versioned } from './versions'

const FIELDS: FieldSpec[] = [
  { name: 'reason', label: ['编号', 'Id'], kind: 'text', required: true, key: true, pattern: WORD },
  { name: 'title', label: ['名称', 'Title'], kind: 'text', required: true, longest: 60 },
  { name: 'agentMaySet', label: ['坐席可选', 'Agents may choose it'], kind: 'switch' },
  { name: 'supervisorMaySet', label: ['班长可选', 'Supervisors may set it'], kind: 'switch' },
  { name: 'limit', label: ['时长上限', 'At most'], hint: ['超出即告警；0 表示不限', 'Longer is told; 0: no limit'], kind: 'seconds', most: 86_400 },
]

export default function ReasonsPage() {
  const t = useTexts(adminTexts)
  const resource: Resource<Reason> = {
    key: 'reasons', title: t('reasons'), right: 'acd.agents.write', fields: FIELDS, id: (reason) => reason.reason,
    list: async (signal) => (await client(Agents).listReasons({}, { signal })).reasons,
    columns: [
      { key: 'id', title: t('id'), width: '180px', cell: (reason) => reason.reason, order: (reason) => reason.reason },
      { key: 'title', title: t('name'), cell: (reason) => <strong>{reason.title}</strong>, order: (reason) => reason.title },
      { key: 'agent', title: t('byAgent'), width: '130px', cell: (reason) => (reason.agentMaySet ? t('yes') : '–') },
      { key: 'supervisor', title: t('bySupervisor'), width: '130px', cell: (reason) => (reason.supervisorMaySet ? t('yes') : '–') },
      { key: 'limit', title: t('limit'), width: '120px', right: true, cell: (reason) => (seconds(reason.limit) > 0 ? clock(seconds(reason.limit)) : '–') },
    ],
    toValues: (reason) => ({ reason: reason?.reason ?? '', title: reason?.title ?? '', agentMaySet: reason?.agentMaySet ?? true, supervisorMaySet: reason?.supervisorMaySet ?? true, limit: seconds(reason?.limit) }),
    save: (values) => client(Agents).putReason({ reason: create(ReasonSchema, { reason: String(values.reason).trim(), title: String(values.title).trim(), agentMaySet: Boolean(values.agentMaySet), supervisorMaySet: Boolean(values.supervisorMaySet), limit: duration(values.limit) }) }),
    remove: (reason) => client(Agents).deleteReason({ reason: reason.reason }),
    versions: versioned(SettingVersions, 'reason', (json) => client(Agents).putReason({ reason: fromJsonString(ReasonSchema, json, { ignoreUnknownFields: true }) })),
  }
  return <ResourcePage resource={resource} />
}
