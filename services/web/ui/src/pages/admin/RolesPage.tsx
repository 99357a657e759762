// Roles and the rights they give; patterns are shown with what they mean today.
import { create, fromJsonString } from '@bufbuild/protobuf'
import { useQuery } from '@tanstack/react-query'
import { client } from '@/api/transport'
import { Roles } from '@/gen/trunkline/identity/v1/identity_pb'
import { RoleSchema, type Role } from '@/gen/trunkline/identity/v1/resources_pb'
import { SettingVersions } from '@/gen/trunkline/identity/v1/versions_pb'
import { useTexts } from '@/i18n/texts'
import { Tag } from '@/ui/Status'
import { adminTexts } from './admin.texts'
import { ResourcePage, WORD, type Resource } from './ResourcePage'
import { versioned } from './versions'

export default function RolesPage() {
  const t = useTexts(adminTexts)
  const rights = useQuery({ queryKey: ['admin', 'rights'], queryFn: async ({ signal }) => (await client(Roles).listRights({}, { signal })).rights, staleTime: 600_000 })
  const resource: Resource<Role> = {
    key: 'roles', title: t('roles'), right: 'identity.roles.write', id: (role) => role.roleId,
    list: async (signal) => (await client(Roles).listRoles({}, { signal })).roles,
    columns: [
      { key: 'id', title: t('id'), width: '150px', cell: (role) => role.roleId, order: (role) => role.roleId },
      { key: 'name', title: t('name'), width: '200px', cell: (role) => <><strong>{role.title}</strong> {role.shipped && <Tag tone="off">{t('shipped')}</Tag>}</> },
      { key: 'rights', title: t('rights'), cell: (role) => role.rights.join(', ') },
      { key: 'count', title: '', width: '70px', right: true, cell: (role) => String(role.expandedRights.length) },
    ],
    fields: [
      { name: 'roleId', label: ['编号', 'Id'], kind: 'text', required: true, key: true, pattern: WORD },
      { name: 'title', label: ['名称', 'Name'], kind: 'text', required: true, longest: 60 },
      { name: 'rights', label: ['权限', 'Rights'], hint: ['每行一个；“*”代表一段，“acd.*”代表全部', 'One on each line; “*” is one word, “acd.*” all that follow'], kind: 'list', required: true, wide: true },
    ],
    toValues: (role) => ({ roleId: role?.roleId ?? '', title: role?.title ?? '', rights: [...(role?.rights ?? [])] }),
    save: (values) => client(Roles).putRole({ role: create(RoleSchema, { roleId: String(values.roleId).trim(), title: String(values.title).trim(), rights: (values.rights as string[]).map((right) => right.trim()).filter(Boolean) }) }),
    versions: versioned(SettingVersions, 'role', (json) => client(Roles).putRole({ role: fromJsonString(RoleSchema, json, { ignoreUnknownFields: true }) })),
    remove: (role) => client(Roles).deleteRole({ roleId: role.roleId }),
    extra: (role) => (
      <details className="danger-zone"><summary>{t('rights')}: {role.expandedRights.length}</summary>
        <ul className="rights">{(rights.data ?? []).map(({ right }) => <li key={right} className={role.expandedRights.includes(right) ? 'held' : 'muted'}>{role.expandedRights.includes(right) ? '✓' : '–'} {right}</li>)}</ul>
      </details>
    ),
  }
  return <ResourcePage resource={resource} />
}
