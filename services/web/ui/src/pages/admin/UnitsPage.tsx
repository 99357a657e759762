// The organisation: the centre, its departments, the branches.
import { create, fromJsonString } from '@bufbuild/protobuf'
import { useQuery } from '@tanstack/react-query'
import { client } from '@/api/transport'
import { Units } from '@/gen/trunkline/identity/v1/identity_pb'
import { UnitSchema, type Unit } from '@/gen/trunkline/identity/v1/resources_pb'
import { SettingVersions } from '@/gen/trunkline/identity/v1/versions_pb'
import { useTexts } from '@/i18n/texts'
import type { Option } from '@/ui/Field'
import { adminTexts } from './admin.texts'
import { ResourcePage, WORD, type Resource } from './ResourcePage'
import { versioned } from './versions'

export function useUnits(): { units: Unit[]; options: (none: string) => Option[]; title: (id: string) => string } {
  const query = useQuery({ queryKey: ['admin', 'units'], queryFn: async ({ signal }) => (await client(Units).listUnits({}, { signal })).units })
  const units = inTreeOrder(query.data ?? [])
  return {
    units: query.data ?? [],
    options: (none) => [{ value: '', label: none }, ...units.map(({ unit, depth }) => ({ value: unit.unitId, label: `${'\u3000'.repeat(depth)}${unit.title}` }))],
    title: (id) => query.data?.find((unit) => unit.unitId === id)?.title ?? id,
  }
}

// Parents before their children; one whose parent is missing stands at the top.
export function inTreeOrder(units: readonly Unit[]): { unit: Unit; depth: number }[] {
  const known = new Set(units.map((unit) => unit.unitId))
  const walk = (parent: string, depth: number): { unit: Unit; depth: number }[] => units
    .filter((unit) => (known.has(unit.parentId) ? unit.parentId : '') === parent)
    .flatMap((unit) => [{ unit, depth }, ...walk(unit.unitId, depth + 1)])
  return walk('', 0)
}

export default function UnitsPage() {
  const t = useTexts(adminTexts)
  const { options, title } = useUnits()
  const resource: Resource<{ unit: Unit; depth: number }> = {
    key: 'unitTree', title: t('units'), right: 'identity.units.write', id: ({ unit }) => unit.unitId,
    list: async (signal) => inTreeOrder((await client(Units).listUnits({}, { signal })).units),
    columns: [
      { key: 'name', title: t('name'), cell: ({ unit, depth }) => <><span aria-hidden="true">{'\u3000'.repeat(depth)}</span><strong>{unit.title}</strong></> },
      { key: 'id', title: t('id'), width: '200px', cell: ({ unit }) => unit.unitId },
      { key: 'parent', title: t('parent'), cell: ({ unit }) => title(unit.parentId) },
    ],
    fields: [
      { name: 'unitId', label: ['编号', 'Id'], kind: 'text', required: true, key: true, pattern: WORD },
      { name: 'title', label: ['名称', 'Name'], kind: 'text', required: true, longest: 100 },
      { name: 'parentId', label: ['上级', 'Belongs to'], kind: 'choice', options: () => options(t('whole')) },
    ],
    toValues: (row) => ({ unitId: row?.unit.unitId ?? '', title: row?.unit.title ?? '', parentId: row?.unit.parentId ?? '' }),
    save: (values) => client(Units).putUnit({ unit: create(UnitSchema, { unitId: String(values.unitId).trim(), title: String(values.title).trim(), parentId: String(values.parentId) }) }),
    versions: versioned(SettingVersions, 'unit', (json) => client(Units).putUnit({ unit: fromJsonString(UnitSchema, json, { ignoreUnknownFields: true }) })),
    remove: ({ unit }) => client(Units).deleteUnit({ unitId: unit.unitId }),
  }
  return <ResourcePage resource={resource} />
}
