// Articles found while typing, read beside the list; notices that want to be read.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Knowledge, Office } from '@/gen/trunkline/knowledge/v1/knowledge_pb'
import { dateTime } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { Empty, FailureNotice, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { knowledgeTexts } from './knowledge.texts'

// Headings, lists and paragraphs of Markdown as elements; nothing of it becomes markup by itself.
export function PlainMarkdown({ text }: { text: string }) {
  return <>{text.split(/\n{2,}/).map((block, index) => {
    const heading = /^(#{1,4})\s+(.*)$/.exec(block)
    if (heading) return <h3 key={index}>{heading[2]}</h3>
    const lines = block.split('\n')
    if (lines.every((line) => /^([-*]|\d+\.)\s/.test(line))) return <ul key={index}>{lines.map((line, at) => <li key={at}>{line.replace(/^([-*]|\d+\.)\s/, '')}</li>)}</ul>
    return <p key={index} className="description">{block}</p>
  })}</>
}

export default function KnowledgePage() {
  const t = useTexts(knowledgeTexts)
  const can = useCan()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState('')
  const search = useQuery({ queryKey: ['knowledge', text.trim()], queryFn: ({ signal }) => client(Knowledge).searchArticles({ text: text.trim(), limit: 30 }, { signal }), placeholderData: keepPreviousData })
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1></div>
      {can('knowledge.bulletins.read') && <Bulletins />}
      <div className="filters"><TextField label={t('text')} type="search" value={text} onChange={setText} maxLength={100} /></div>
      {search.error && <FailureNotice failure={search.error} onRetry={() => void search.refetch()} />}
      <div className="columns">
        <section className="card">
          {(search.data?.hits ?? []).length === 0 ? <Empty icon="book" title={t('none')} hint={t('noneHint')} /> : (
            <ul className="hits">{search.data?.hits.map((hit) => hit.article && (
              <li key={hit.article.articleId}><button type="button" className={hit.article.articleId === chosen ? 'here' : ''} onClick={() => setChosen(hit.article?.articleId ?? '')}>
                <strong>{hit.article.title}</strong><span className="small muted">{hit.excerpt || hit.article.summary}</span>
              </button></li>
            ))}</ul>
          )}
        </section>
        <section className="card">{chosen ? <ArticleView id={chosen} /> : <Empty icon="book" title={t('choose')} />}</section>
      </div>
    </div>
  )
}

function ArticleView({ id }: { id: string }) {
  const t = useTexts(knowledgeTexts)
  const toast = useToasts((toasts) => toasts.add)
  const query = useQuery({ queryKey: ['article', id], queryFn: ({ signal }) => client(Knowledge).openArticle({ articleId: id }, { signal }), staleTime: Infinity })
  const rate = (helpful: boolean) => void client(Knowledge).rateArticle({ articleId: id, helpful }).then(() => toast('good', t('thanks')))
  if (query.error) return <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />
  const article = query.data
  if (!article) return null
  return (
    <article>
      <h2>{article.title}</h2>
      {article.summary && <p className="notice info">{article.summary}</p>}
      <PlainMarkdown text={article.body} />
      <div className="row danger-zone">
        <Button small icon="check" onPress={() => rate(true)}>{t('helpful')}</Button><Button small icon="cross" onPress={() => rate(false)}>{t('notHelpful')}</Button>
        <span className="muted small">{t('uses', { count: String(article.uses) })} · {dateTime(article.updateTime)}</span>
      </div>
    </article>
  )
}

function Bulletins() {
  const t = useTexts(knowledgeTexts)
  const queries = useQueryClient()
  const query = useQuery({ queryKey: ['bulletins'], queryFn: ({ signal }) => client(Office).listBulletins({ withRead: false }, { signal }), retry: false })
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
