// Every change of a setting in every service, newest first: who, when, and what is different now.
import { useQuery } from '@tanstack/react-query'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { SettingVersions as AcdVersions } from '@/gen/trunkline/acd/v1/versions_pb'
import { SettingVersions as IdentityVersions } from '@/gen/trunkline/identity/v1/versions_pb'
import { SettingVersions as TrunkVersions } from '@/gen/trunkline/trunk/v1/versions_pb'
import type { Version } from '@/gen/trunkline/versions/v1/versions_pb'
import { dateTime, millis } from '@/i18n/format'
import { useTexts, useWord } from '@/i18n/texts'
import { DataTable, type Column } from '@/ui/DataTable'
import { FailureNotice } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { adminTexts, resourceTexts } from './admin.texts'
import { differences } from './versions'

interface Change {
  service: string
  version: Version
  before: Version | undefined
}

// A page of versions, newest first: each with the one before it, if that is on the page.
export function changesOf(service: string, versions: readonly Version[]): Change[] {
  return versions.map((version, at) => ({ service, version, before: versions.slice(at + 1).find((each) => each.resource === version.resource && each.id === version.id) }))
}

const summary = ({ version, before }: Change) => (version.json === '' || !before ? '' : differences(before.json, version.json).map((each) => `${each.field}: ${each.before || '–'} → ${each.after || '–'}`).join('; '))

export function Changes() {
  const t = useTexts(adminTexts)
  const kind = useWord(resourceTexts)
  const can = useCan()
  const query = useQuery({
    queryKey: ['versions', 'all'],
    queryFn: async ({ signal }) => {
      const request = { pageSize: 200 }
      const pages = await Promise.all([
        can('acd.versions.read') ? client(AcdVersions).listVersions(request, { signal }).then((page) => changesOf('acd', page.versions)) : [],
        can('trunk.versions.read') ? client(TrunkVersions).listVersions(request, { signal }).then((page) => changesOf('trunk', page.versions)) : [],
        can('identity.versions.read') ? client(IdentityVersions).listVersions(request, { signal }).then((page) => changesOf('identity', page.versions)) : [],
      ])
      return pages.flat().sort((a, b) => (millis(b.version.time) ?? 0) - (millis(a.version.time) ?? 0))
    },
  })
  const columns: Column<Change>[] = [
    { key: 'time', title: t('time'), width: '150px', cell: ({ version }) => dateTime(version.time) },
    { key: 'actor', title: t('actor'), width: '150px', cell: ({ version }) => version.authorName || version.author },
    { key: 'kind', title: t('kind'), width: '140px', cell: ({ version }) => kind(version.resource) },
    { key: 'id', title: t('target'), width: '200px', cell: ({ version }) => <><strong>{version.id}</strong> {version.json === '' && <Tag tone="bad">{t('removedTag')}</Tag>}</> },
    { key: 'version', title: '', width: '100px', cell: ({ version }) => t('version', { version: version.version }) },
    { key: 'detail', title: t('detail'), cell: (change) => <span title={summary(change)}>{summary(change)}</span> },
  ]
  return <>
    {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
    {query.data && <DataTable label={t('changes')} rows={query.data} columns={columns} id={({ service, version }) => `${service} ${version.number}`} empty={{ title: t('none') }} />}
  </>
}
