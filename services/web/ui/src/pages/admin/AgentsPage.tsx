// Agents: their names, phones and skills.
import { fromJsonString } from '@bufbuild/protobuf'
import { edited } from '@/api/edit'
import { client } from '@/api/transport'
import { Agents } from '@/gen/trunkline/acd/v1/acd_pb'
import { AgentSchema, type Agent } from '@/gen/trunkline/acd/v1/resources_pb'
import { SettingVersions } from '@/gen/trunkline/acd/v1/versions_pb'
import { useTexts } from '@/i18n/texts'
import { AgentStatus } from '@/ui/AgentStatus'
import type { FieldSpec } from '@/ui/Form'
import { adminTexts } from './admin.texts'
import { endpointLines, endpointsOf, faultOfEndpoints, faultOfProfiles, profileLines, profilesOf } from './profiles'
import { ResourcePage, WORD, type Resource } from './ResourcePage'
import { versioned } from './versions'

const FIELDS: FieldSpec[] = [
  { name: 'agentId', label: ['工号', 'Agent id'], kind: 'text', required: true, key: true, pattern: WORD },
  { name: 'name', label: ['姓名', 'Name'], kind: 'text', required: true, longest: 60 },
  { name: 'phone', label: ['话机', 'Phone'], hint: ['浏览器电话与工号同名', 'The telephone in the browser is named like the agent'], kind: 'text', required: true, pattern: WORD },
  { name: 'skills', label: ['技能等级', 'Skills'], kind: 'levels' },
  { name: 'queues', label: ['各队列的服务方式', 'How he serves single queues'], hint: ['每行一个队列：complaints priority=2 delay=10 weight=3 order=1，或 complaints excluded；未列出的按技能服务', 'One queue on each line: complaints priority=2 delay=10 weight=3 order=1, or complaints excluded; others by skill'], kind: 'list', wide: true, check: faultOfProfiles },
  { name: 'endpoints', label: ['振铃方式', 'Where he is reached'], hint: ['依次尝试，每行一个：phone 1001，或 number 13800138000 confirm（接听后按 1）；留空为话机', 'In this order, one on each line: phone 1001, or number 13800138000 confirm (press 1 to take it); empty: the phone'], kind: 'list', wide: true, check: faultOfEndpoints },
]

export default function AgentsPage() {
  const t = useTexts(adminTexts)
  const resource: Resource<Agent> = {
    key: 'agents', title: t('agents'), right: 'acd.agents.write', fields: FIELDS,
    list: async (signal) => (await client(Agents).listAgents({}, { signal })).agents,
    id: (agent) => agent.agentId,
    columns: [
      { key: 'id', title: t('id'), width: '110px', cell: (agent) => <span className="figure">{agent.agentId}</span>, order: (agent) => agent.agentId },
      { key: 'name', title: t('name'), width: '180px', cell: (agent) => <strong>{agent.name}</strong>, order: (agent) => agent.name },
      { key: 'phone', title: t('phone'), width: '120px', cell: (agent) => agent.phone },
      { key: 'skills', title: t('skills'), cell: (agent) => Object.entries(agent.skills).map(([name, level]) => `${name} ${level}`).join(', ') },
      { key: 'state', title: t('state'), width: '220px', wideOnly: true, cell: (agent) => <AgentStatus agent={agent} /> },
    ],
    toValues: (agent) => ({ agentId: agent?.agentId ?? '', name: agent?.name ?? '', phone: agent?.phone ?? '', skills: { ...agent?.skills }, queues: profileLines(agent?.queues ?? {}), endpoints: endpointLines(agent?.endpoints ?? []) }),
    save: (values, before) => client(Agents).putAgent({ agent: edited(AgentSchema, before, { agentId: String(values.agentId).trim(), name: String(values.name).trim(), phone: String(values.phone).trim(), skills: values.skills as Record<string, number>, queues: profilesOf(values.queues), endpoints: endpointsOf(values.endpoints) }) }),
    remove: (agent) => client(Agents).deleteAgent({ agentId: agent.agentId }),
    refreshEvery: 10_000,
    versions: versioned(SettingVersions, 'agent', (json) => client(Agents).putAgent({ agent: fromJsonString(AgentSchema, json, { ignoreUnknownFields: true }) })),
  }
  return <ResourcePage resource={resource} />
}
