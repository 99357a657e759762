// Who may sign in, as which agent, with which roles in which units.
import { create } from '@bufbuild/protobuf'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { edited } from '@/api/edit'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Roles, Users } from '@/gen/trunkline/identity/v1/identity_pb'
import { AssignmentSchema, UserSchema, type User } from '@/gen/trunkline/identity/v1/resources_pb'
import { dateTime } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { StatusDot } from '@/ui/Status'
import { adminTexts } from './admin.texts'
import { ResourcePage, type Resource } from './ResourcePage'
import { useUnits } from './UnitsPage'

const PAGE = 500

async function listAll(signal: AbortSignal): Promise<User[]> {
  const users: User[] = []
  let pageToken = ''
  do {
    const answer = await client(Users).listUsers({ pageSize: PAGE, pageToken }, { signal })
    users.push(...answer.users)
    pageToken = answer.nextPageToken
  } while (pageToken && users.length < 10 * PAGE)
  return users
}

function UserActions({ user, onPassword }: { user: User; onPassword(password: string): void }) {
  const t = useTexts(adminTexts)
  const can = useCan()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [failure, setFailure] = useState<unknown>()
  return (
    <div className="form danger-zone">
      {failure !== undefined && <FailureNotice failure={failure} />}
      <div className="row">
        <Button small onPress={() => {
          client(Users).resetPassword({ userId: user.userId }).then((answer) => onPassword(answer.oneTimePassword), setFailure)
        }}>{t('reset')}</Button>
        {can('identity.sessions.write') && <Button small onPress={() => {
          client(Users).revokeSessions({ userId: user.userId }).then(() => toast('good', t('ended')), (thrown: unknown) => toast('bad', failureText(thrown)))
        }}>{t('endSessions')}</Button>}
      </div>
    </div>
  )
}

export default function UsersPage() {
  const t = useTexts(adminTexts)
  const { options, title } = useUnits()
  const roles = useQuery({ queryKey: ['admin', 'roles'], queryFn: async ({ signal }) => (await client(Roles).listRoles({}, { signal })).roles })
  const [password, setPassword] = useState('')
  const roleTitle = (id: string) => roles.data?.find((role) => role.roleId === id)?.title || id
  const roleOptions = () => [{ value: '', label: '' }, ...(roles.data ?? []).map((role) => ({ value: role.roleId, label: role.title || role.roleId }))]
  const resource: Resource<User> = {
    key: 'users', title: t('users'), right: 'identity.users.write', id: (user) => user.loginName, list: listAll,
    columns: [
      { key: 'login', title: t('login'), width: '150px', cell: (user) => user.loginName, order: (user) => user.loginName },
      { key: 'name', title: t('name'), cell: (user) => <strong>{user.name}</strong>, order: (user) => user.name },
      { key: 'roles', title: t('roleList'), cell: (user) => user.roles.map((role) => roleTitle(role.roleId)).join(', ') },
      { key: 'unit', title: t('unit'), width: '160px', wideOnly: true, cell: (user) => title(user.unitId) },
      { key: 'state', title: t('state'), width: '120px', cell: (user) => <StatusDot tone={user.disabled ? 'off' : 'good'} text={user.disabled ? t('disabled') : t('active')} /> },
      { key: 'seen', title: t('lastSeen'), width: '160px', wideOnly: true, cell: (user) => dateTime(user.lastLogInTime) },
    ],
    fields: [
      { name: 'loginName', label: ['登录名', 'Login name'], kind: 'text', required: true, pattern: { test: /^[A-Za-z0-9._@-]{1,64}$/, fault: ['字母、数字、“.”“_”“-”“@”', 'Letters, digits, “.”, “_”, “-”, “@”'] } },
      { name: 'name', label: ['姓名', 'Name'], kind: 'text', required: true, longest: 60 },
      { name: 'agentId', label: ['工号', 'Agent id'], hint: ['不是坐席则留空', 'Empty: not an agent'], kind: 'text' },
      { name: 'unitId', label: ['所属机构', 'Works in'], kind: 'choice', options: () => options('') },
      { name: 'language', label: ['语言', 'Language'], kind: 'choice', options: () => [{ value: 'zh-CN', label: '简体中文' }, { value: 'en', label: 'English' }] },
      { name: 'disabled', label: ['停用', 'May not sign in'], kind: 'switch' },
      ...[0, 1, 2].flatMap((at) => [
        { name: `role${at}`, label: [`角色 ${at + 1}`, `Role ${at + 1}`] as const, kind: 'choice' as const, options: roleOptions, required: at === 0 },
        { name: `unit${at}`, label: ['适用机构', 'In'] as const, kind: 'choice' as const, options: () => options(t('everywhere')), shown: (values: Record<string, unknown>) => Boolean(values[`role${at}`]) },
      ]),
    ],
    toValues: (user) => ({
      loginName: user?.loginName ?? '', name: user?.name ?? '', agentId: user?.agentId ?? '', unitId: user?.unitId ?? '', language: user?.language || 'zh-CN', disabled: user?.disabled ?? false,
      ...Object.fromEntries([0, 1, 2].flatMap((at) => [[`role${at}`, user?.roles[at]?.roleId ?? ''], [`unit${at}`, user?.roles[at]?.unitId ?? '']])),
    }),
    save: async (values, before) => {
      // A user with more roles than the form shows keeps them.
      const held = [0, 1, 2].filter((at) => values[`role${at}`]).map((at) => create(AssignmentSchema, { roleId: String(values[`role${at}`]), unitId: String(values[`unit${at}`] ?? '') }))
      const answer = await client(Users).putUser({ user: edited(UserSchema, before, {
        loginName: String(values.loginName).trim(), name: String(values.name).trim(), agentId: String(values.agentId).trim(), unitId: String(values.unitId), language: String(values.language), disabled: Boolean(values.disabled),
        roles: [...held, ...(before?.roles.slice(3) ?? [])],
      }) })
      if (answer.oneTimePassword) setPassword(answer.oneTimePassword)
    },
    remove: (user) => client(Users).deleteUser({ userId: user.userId }),
    extra: (user) => <UserActions user={user} onPassword={setPassword} />,
  }
  return <>
    <ResourcePage resource={resource} />
    {password && <Dialog title={t('oneTime')} onClose={() => setPassword('')}>
      <p><code className="secret" data-testid="one-time-password">{password}</code></p><p className="muted">{t('oneTimeHint')}</p>
    </Dialog>}
  </>
}
