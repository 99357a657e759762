// Articles found while typing, read beside the list; favourites, the most used, one shelf alone.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Knowledge } from '@/gen/trunkline/knowledge/v1/knowledge_pb'
import { useTexts } from '@/i18n/texts'
import { Bulletins } from '@/pages/office/Bulletins'
import { SelectField, TextField } from '@/ui/Field'
import { Empty, FailureNotice } from '@/ui/Notice'
import { Tabs } from '@/ui/Tabs'
import { ArticleView } from './ArticleView'
import { inTreeOrder } from './categories'
import { knowledgeTexts } from './knowledge.texts'

export { PlainMarkdown } from './ArticleView'

export const useCategories = () => useQuery({ queryKey: ['categories'], queryFn: ({ signal }) => client(Knowledge).listCategories({}, { signal }), staleTime: 60_000 })

// The tree as choices, each under its parent.
export function useCategoryOptions(first: string) {
  const categories = useCategories().data?.categories ?? []
  return [{ value: '', label: first }, ...inTreeOrder(categories).map(({ category, depth }) => ({ value: category.categoryId, label: `${'　'.repeat(depth)}${category.title}` }))]
}

export default function KnowledgePage() {
  const t = useTexts(knowledgeTexts)
  const can = useCan()
  const [search, setSearch] = useSearchParams()
  const [text, setText] = useState('')
  const [category, setCategory] = useState('')
  const [shelf, setShelf] = useState<'found' | 'favourites'>('found')
  const chosen = search.get('article') ?? ''
  const choose = (id: string) => setSearch(id ? { article: id } : {})
  const options = useCategoryOptions(t('everyCategory'))
  const found = useQuery({
    queryKey: ['knowledge', shelf, text.trim(), category], placeholderData: keepPreviousData,
    queryFn: ({ signal }) => (shelf === 'favourites' ? client(Knowledge).listFavourites({}, { signal }) : client(Knowledge).searchArticles({ text: text.trim(), categoryId: category, limit: 30 }, { signal })),
  })
  const hits = found.data?.hits ?? []
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1></div>
      {can('knowledge.bulletins.read') && <Bulletins />}
      <div className="filters">
        <TextField label={t('text')} type="search" value={text} onChange={(next) => {
          setText(next)
          setShelf('found')
        }} maxLength={100} />
        <SelectField label={t('category')} value={category} options={options} onChange={setCategory} />
      </div>
      <Tabs label={t('title')} chosen={shelf} onChoose={(key) => setShelf(key as 'found')} tabs={[{ key: 'found', title: text.trim() ? t('found') : t('mostUsed') }, { key: 'favourites', title: t('favourites') }]} />
      {found.error && <FailureNotice failure={found.error} onRetry={() => void found.refetch()} />}
      <div className="columns">
        <section className="card">
          {hits.length === 0 ? <Empty icon="book" title={t(shelf === 'favourites' ? 'noFavourites' : 'none')} hint={t(shelf === 'favourites' ? 'noFavouritesHint' : 'noneHint')} /> : (
            <ul className="hits">{hits.map((hit) => hit.article && (
              <li key={hit.article.articleId}><button type="button" className={hit.article.articleId === chosen ? 'here' : ''} onClick={() => choose(hit.article?.articleId ?? '')}>
                <strong>{hit.article.title}</strong><span className="small muted">{hit.excerpt || hit.article.summary}</span>
              </button></li>
            ))}</ul>
          )}
        </section>
        <section className="card">{chosen ? <ArticleView key={chosen} id={chosen} onOpen={choose} /> : <Empty icon="book" title={t('choose')} />}</section>
      </div>
    </div>
  )
}
