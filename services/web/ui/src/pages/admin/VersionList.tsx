// The versions of one setting, or what was removed: compare with today, and take back.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Version } from '@/gen/trunkline/versions/v1/versions_pb'
import { dateTime } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Empty, FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { adminTexts } from './admin.texts'
import { differences, removed, type Versioned } from './versions'

function useVersions(versions: Versioned, id: string) {
  return useQuery({ queryKey: ['versions', versions.resource, id], staleTime: 0, queryFn: ({ signal }) => versions.list(id, signal) })
}

function useRestore(versions: Versioned, onDone: () => void): (version: Version) => void {
  const t = useTexts(adminTexts)
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  return (version) => {
    if (!confirm(t('restoreAsk', { id: version.id, version: version.version }))) return
    versions.restore(version.json).then(() => {
      toast('good', t('restored', { id: version.id, version: version.version }))
      void queries.invalidateQueries({ queryKey: ['versions'] })
      onDone()
    }, (thrown: unknown) => toast('bad', failureText(thrown)))
  }
}

export function VersionList({ versions, id, mayWrite, onRestored }: { versions: Versioned; id: string; mayWrite: boolean; onRestored(): void }) {
  const t = useTexts(adminTexts)
  const query = useVersions(versions, id)
  const restore = useRestore(versions, onRestored)
  const [shown, setShown] = useState<number>()
  const now = query.data?.[0]?.json ?? ''
  return (
    <details className="versions danger-zone">
      <summary>{t('versions')}{query.data && `: ${query.data.length}`}</summary>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      <ol className="log">
        {(query.data ?? []).map((version, index) => (
          <li key={version.version}>
            <div className="row">
              <strong>{t('version', { version: version.version })}</strong>{index === 0 && <Tag tone="good">{t('now')}</Tag>}{version.json === '' && <Tag tone="bad">{t('removedTag')}</Tag>}
              <span className="muted small">{dateTime(version.time)} {version.authorName || version.author}</span>
            </div>
            {index > 0 && version.json !== '' && <div className="row">
              <Button small pressed={shown === version.version} onPress={() => setShown(shown === version.version ? undefined : version.version)}>{t('compare')}</Button>
              {mayWrite && <Button small onPress={() => restore(version)}>{t('restore')}</Button>}
            </div>}
            {shown === version.version && <Differences before={version.json} after={now} />}
          </li>
        ))}
      </ol>
    </details>
  )
}

function Differences({ before, after }: { before: string; after: string }) {
  const t = useTexts(adminTexts)
  const found = differences(before, after)
  if (found.length === 0) return <p className="muted small">{t('noDifference')}</p>
  return (
    <table className="differences small" aria-label={t('compare')}>
      <thead><tr><th scope="col">{t('field')}</th><th scope="col">{t('then')}</th><th scope="col">{t('now')}</th></tr></thead>
      <tbody>{found.map((each) => <tr key={each.field}><th scope="row">{each.field}</th><td>{each.before || '–'}</td><td>{each.after || '–'}</td></tr>)}</tbody>
    </table>
  )
}

// What was removed can be had again.
export function Removed({ versions, onClose, onRestored }: { versions: Versioned; onClose(): void; onRestored(): void }) {
  const t = useTexts(adminTexts)
  const query = useVersions(versions, '')
  const restore = useRestore(versions, onRestored)
  const gone = removed(query.data ?? [])
  return (
    <Dialog title={t('removedTitle')} onClose={onClose}>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data && gone.length === 0 && <Empty title={t('nothingRemoved')} />}
      <ol className="log">
        {gone.map((each) => (
          <li key={each.gone.id} className="row">
            <strong>{each.gone.id}</strong><span className="muted small grow">{dateTime(each.gone.time)} {each.gone.authorName || each.gone.author}</span>
            <Button small onPress={() => restore(each.last)}>{t('restore')}</Button>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
