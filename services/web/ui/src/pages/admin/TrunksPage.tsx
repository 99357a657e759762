// Lines to carriers, the numbers that are dialled, and the phones inside.
import { create, fromJsonString } from '@bufbuild/protobuf'
import { useState } from 'react'
import { edited } from '@/api/edit'
import { client } from '@/api/transport'
import { CarrierTrunkSchema, NumberSchema, PhoneSchema, TrunkGroupSchema, type CarrierTrunk, type Number as DialledNumber, type Phone, type TrunkGroup } from '@/gen/trunkline/trunk/v1/resources_pb'
import { Directory } from '@/gen/trunkline/trunk/v1/trunk_pb'
import { SettingVersions } from '@/gen/trunkline/trunk/v1/versions_pb'
import { useTexts } from '@/i18n/texts'
import type { FieldSpec } from '@/ui/Form'
import { StatusDot } from '@/ui/Status'
import { Tabs } from '@/ui/Tabs'
import { adminTexts } from './admin.texts'
import { faultOfMembers, faultOfRules, memberLines, membersOf, ruleLines, rulesOf } from './groups'
import { ResourcePage, WORD, type Resource } from './ResourcePage'
import { versioned } from './versions'

const TRUNK: FieldSpec[] = [
  { name: 'name', label: ['名称', 'Name'], kind: 'text', required: true, key: true, pattern: WORD },
  { name: 'host', label: ['对端地址', 'Host or address'], kind: 'text', required: true, pattern: { test: /^[A-Za-z0-9.:_[\]-]{1,253}$/, fault: ['主机名或 IP 地址', 'A host name or an IP address'] } },
  { name: 'port', label: ['端口', 'Port'], kind: 'number', least: 1, most: 65535 },
  { name: 'transport', label: ['传输', 'Transport'], kind: 'choice', options: () => ['udp', 'tcp', 'tls'].map((value) => ({ value, label: value.toUpperCase() })) },
  { name: 'register', label: ['向运营商注册', 'Register with the carrier'], kind: 'switch' },
  { name: 'challengeInbound', label: ['来话须鉴权', 'Inbound calls must authenticate'], kind: 'switch' },
  { name: 'symmetricMedia', label: ['按来源学习媒体地址（NAT）', 'Learn the media address (NAT)'], kind: 'switch' },
  { name: 'username', label: ['账号', 'User name'], kind: 'text', shown: (values) => Boolean(values.register) || Boolean(values.challengeInbound), required: true },
  { name: 'password', label: ['密码', 'Password'], hint: ['留空表示不修改', 'Empty: unchanged'], kind: 'password', shown: (values) => Boolean(values.register) || Boolean(values.challengeInbound) },
  { name: 'realm', label: ['鉴权域', 'Realm'], kind: 'text', shown: (values) => Boolean(values.register) },
  { name: 'sourceAddresses', label: ['其他来源地址', 'Further source addresses'], kind: 'list', wide: true },
]

const NUMBER: FieldSpec[] = [
  { name: 'number', label: ['接入号码', 'Number'], kind: 'text', required: true, key: true, pattern: { test: /^[+*#\w.-]{1,40}$/, fault: ['数字、“+”“*”“#”', 'Digits, “+”, “*”, “#”'] } },
  { name: 'application', label: ['由谁处理', 'Served by'], kind: 'choice', required: true, options: () => [{ value: 'ivr', label: '语音流程 / IVR' }, { value: 'acd', label: '队列 / queue' }] },
  { name: 'flow', label: ['流程', 'Flow'], kind: 'text', shown: (values) => values.application === 'ivr', required: true, pattern: WORD },
  { name: 'queue', label: ['队列', 'Queue'], kind: 'text', shown: (values) => values.application === 'acd', required: true, pattern: WORD },
]

const GROUP: FieldSpec[] = [
  { name: 'name', label: ['名称', 'Name'], kind: 'text', required: true, key: true, pattern: WORD },
  { name: 'members', label: ['成员', 'Members'], hint: ['每行一条中继：名称 顺序 权重；顺序小的先用', 'One trunk on each line: name order weight; lower order first'], kind: 'list', required: true, wide: true, check: faultOfMembers },
  { name: 'rules', label: ['拨号规则', 'Dial rules'], hint: ['每行一个前缀，“*”为任意：* minute=10 day=500 live=20 longest=3600，或 00 forbidden', 'One prefix on each line, “*” for any: * minute=10 day=500 live=20 longest=3600, or 00 forbidden'], kind: 'list', required: true, wide: true, check: faultOfRules },
]

const PHONE: FieldSpec[] = [
  { name: 'name', label: ['号码', 'Name'], kind: 'text', required: true, key: true, pattern: WORD },
  { name: 'password', label: ['密码', 'Password'], hint: ['留空表示不修改', 'Empty: unchanged'], kind: 'password' },
  { name: 'staticContact', label: ['固定地址', 'Fixed contact'], hint: ['不注册的话机：sip:1001@10.0.0.5:5060', 'For a phone that does not register'], kind: 'text', wide: true, pattern: { test: /^sips?:[^\s<>]+$/, fault: ['应为 sip: 地址', 'A sip: address'] } },
]

export default function TrunksPage() {
  const t = useTexts(adminTexts)
  const [tab, setTab] = useState('numbers')
  const trunks: Resource<CarrierTrunk> = {
    key: 'trunks', title: t('trunks'), right: 'trunk.directory.write', fields: TRUNK, id: (trunk) => trunk.name,
    list: async (signal) => (await client(Directory).listTrunks({}, { signal })).trunks,
    columns: [
      { key: 'name', title: t('name'), cell: (trunk) => <strong>{trunk.name}</strong>, order: (trunk) => trunk.name },
      { key: 'host', title: t('host'), cell: (trunk) => `${trunk.host}:${trunk.port || 5060}` },
      { key: 'transport', title: t('transport'), width: '110px', cell: (trunk) => (trunk.transport || 'udp').toUpperCase() },
      { key: 'state', title: t('state'), width: '260px', cell: (trunk) => <StatusDot tone={trunk.status === 'up' ? 'good' : trunk.status.startsWith('down') ? 'bad' : 'off'} text={trunk.status || '–'} /> },
    ],
    toValues: (trunk) => ({ name: trunk?.name ?? '', host: trunk?.host ?? '', port: trunk?.port || 5060, transport: trunk?.transport || 'udp', register: trunk?.register ?? false, challengeInbound: trunk?.challengeInbound ?? false,
      symmetricMedia: trunk?.symmetricMedia ?? false, username: trunk?.username ?? '', password: '', realm: trunk?.realm ?? '', sourceAddresses: [...(trunk?.sourceAddresses ?? [])] }),
    save: (values, before) => client(Directory).putTrunk({ trunk: edited(CarrierTrunkSchema, before, { ...(values as Partial<CarrierTrunk>), port: Number(values.port) || 0, sourceAddresses: (values.sourceAddresses as string[]).filter(Boolean) }) }),
    remove: (trunk) => client(Directory).deleteTrunk({ name: trunk.name }), refreshEvery: 5_000,
    versions: versioned(SettingVersions, 'trunk', (json) => client(Directory).putTrunk({ trunk: fromJsonString(CarrierTrunkSchema, json, { ignoreUnknownFields: true }) })),
  }
  const numbers: Resource<DialledNumber> = {
    key: 'numbers', title: t('numbers'), right: 'trunk.directory.write', fields: NUMBER, id: (number) => number.number,
    list: async (signal) => (await client(Directory).listNumbers({}, { signal })).numbers,
    columns: [
      { key: 'number', title: t('numbers'), cell: (number) => <strong className="figure">{number.number}</strong>, order: (number) => number.number },
      { key: 'application', title: t('application'), cell: (number) => number.application },
      { key: 'data', title: t('data'), cell: (number) => Object.entries(number.data).map(([key, value]) => `${key}=${value}`).join(', ') },
    ],
    toValues: (number) => ({ number: number?.number ?? '', application: number?.application || 'ivr', flow: number?.data.flow ?? '', queue: number?.data.queue ?? '' }),
    save: (values, before) => {
      const { flow: _flow, queue: _queue, ...rest } = before?.data ?? {}
      const own: Record<string, string> = values.application === 'ivr' ? { flow: String(values.flow).trim() } : { queue: String(values.queue).trim() }
      return client(Directory).putNumber({ number: create(NumberSchema, { number: String(values.number).trim(), application: String(values.application), data: { ...rest, ...own } }) })
    },
    remove: (number) => client(Directory).deleteNumber({ name: number.number }),
    versions: versioned(SettingVersions, 'number', (json) => client(Directory).putNumber({ number: fromJsonString(NumberSchema, json, { ignoreUnknownFields: true }) })),
  }
  const groups: Resource<TrunkGroup> = {
    key: 'groups', title: t('groups'), right: 'trunk.directory.write', fields: GROUP, id: (group) => group.name,
    list: async (signal) => (await client(Directory).listTrunkGroups({}, { signal })).groups,
    columns: [
      { key: 'name', title: t('name'), width: '200px', cell: (group) => <strong>{group.name}</strong>, order: (group) => group.name },
      { key: 'members', title: t('members'), cell: (group) => memberLines(group.members).join('; ') },
      { key: 'rules', title: t('rules'), cell: (group) => ruleLines(group.rules).join('; ') },
    ],
    toValues: (group) => ({ name: group?.name ?? '', members: memberLines(group?.members ?? []), rules: ruleLines(group?.rules ?? []) }),
    save: (values, before) => client(Directory).putTrunkGroup({ group: edited(TrunkGroupSchema, before, { name: String(values.name).trim(), members: membersOf(values.members), rules: rulesOf(values.rules) }) }),
    remove: (group) => client(Directory).deleteTrunkGroup({ name: group.name }),
    versions: versioned(SettingVersions, 'group', (json) => client(Directory).putTrunkGroup({ group: fromJsonString(TrunkGroupSchema, json, { ignoreUnknownFields: true }) })),
  }
  const phones: Resource<Phone> = {
    key: 'phones', title: t('phones'), right: 'trunk.directory.write', fields: PHONE, id: (phone) => phone.name,
    list: async (signal) => (await client(Directory).listPhones({}, { signal })).phones,
    columns: [
      { key: 'name', title: t('name'), cell: (phone) => <strong className="figure">{phone.name}</strong>, order: (phone) => phone.name },
      { key: 'state', title: t('state'), cell: (phone) => phone.registrations.length > 0 ? <StatusDot tone="good" text={t('registered', { count: phone.registrations.length })} detail={phone.registrations[0]?.userAgent} /> : <StatusDot tone="off" text={phone.staticContact || t('notRegistered')} /> },
    ],
    toValues: (phone) => ({ name: phone?.name ?? '', password: '', staticContact: phone?.staticContact ?? '' }),
    save: (values) => client(Directory).putPhone({ phone: create(PhoneSchema, { name: String(values.name).trim(), password: String(values.password), staticContact: String(values.staticContact).trim() }) }),
    remove: (phone) => client(Directory).deletePhone({ name: phone.name }), refreshEvery: 5_000,
  }
  return (
    <div className="page">
      <Tabs label={t('trunks')} chosen={tab} onChoose={setTab} tabs={[{ key: 'numbers', title: t('numbers') }, { key: 'trunks', title: t('trunks') }, { key: 'groups', title: t('groups') }, { key: 'phones', title: t('phones') }]} />
      {tab === 'numbers' && <ResourcePage resource={numbers} key="numbers" />}
      {tab === 'trunks' && <ResourcePage resource={trunks} key="trunks" />}
      {tab === 'groups' && <ResourcePage resource={groups} key="groups" />}
      {tab === 'phones' && <ResourcePage resource={phones} key="phones" />}
    </div>
  )
}
