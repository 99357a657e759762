// Notices that want to be read, at the top of a page.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '@/api/transport'
import { Office } from '@/gen/trunkline/knowledge/v1/knowledge_pb'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Status'
import { officeTexts } from './office.texts'

export function Bulletins() {
  const t = useTexts(officeTexts)
  const queries = useQueryClient()
  const query = useQuery({ queryKey: ['bulletins', 'unread'], queryFn: ({ signal }) => client(Office).listBulletins({ withRead: false }, { signal }), retry: false })
  const list = query.data?.bulletins ?? []
  if (list.length === 0) return null
  return (
    <section className="card"><h2>{t('bulletins')}</h2>
      <ul className="log">{list.map((bulletin) => (
        <li key={bulletin.bulletinId} className="row">
          {bulletin.urgent && <Tag tone="bad">{t('urgent')}</Tag>}<strong>{bulletin.title}</strong><span className="grow small">{bulletin.body}</span>
          <Button small icon="check" onPress={() => void client(Office).confirmBulletin({ bulletinId: bulletin.bulletinId }).then(() => queries.invalidateQueries({ queryKey: ['bulletins'] }))}>{t('confirm')}</Button>
        </li>
      ))}</ul>
    </section>
  )
}
