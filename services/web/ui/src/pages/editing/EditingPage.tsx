// The desk of authors and reviewers: articles by state, the tree of categories.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { create } from '@bufbuild/protobuf'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Editing } from '@/gen/trunkline/knowledge/v1/knowledge_pb'
import { ArticleState, CategorySchema, type Article, type Category } from '@/gen/trunkline/knowledge/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { dateTime } from '@/i18n/format'
import { useTexts, useWord } from '@/i18n/texts'
import { inTreeOrder } from '@/pages/knowledge/categories'
import { useCategories, useCategoryOptions } from '@/pages/knowledge/KnowledgePage'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { Dialog } from '@/ui/Dialog'
import { SelectField } from '@/ui/Field'
import { Form, type FieldSpec } from '@/ui/Form'
import { Empty, FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Tag, type Tone } from '@/ui/Status'
import { Tabs } from '@/ui/Tabs'
import { articleStates, editingTexts } from './editing.texts'

const TONES: Partial<Record<ArticleState, Tone>> = { [ArticleState.PUBLISHED]: 'good', [ArticleState.IN_REVIEW]: 'warn', [ArticleState.DRAFT]: 'info' }

export function ArticleStateTag({ state }: { state: ArticleState }) {
  const word = useWord(articleStates)
  return <Tag tone={TONES[state] ?? 'off'}>{word(ArticleState[state] ?? '')}</Tag>
}

export default function EditingPage() {
  const t = useTexts(editingTexts)
  const can = useCan()
  const [search, setSearch] = useSearchParams()
  const tab = search.get('tab') === 'categories' ? 'categories' : 'articles'
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1></div>
      <Tabs label={t('title')} chosen={tab} onChoose={(key) => setSearch({ tab: key })} tabs={[{ key: 'articles', title: t('articles') }, ...(can('knowledge.categories.write') ? [{ key: 'categories', title: t('categories') }] : [])]} />
      {tab === 'articles' ? <Articles /> : <Categories />}
    </div>
  )
}

function Articles() {
  const t = useTexts(editingTexts)
  const c = useTexts(common)
  const word = useWord(articleStates)
  const [, go] = useLocation()
  const [state, setState] = useState('0')
  const [category, setCategory] = useState('')
  const categories = useCategories().data?.categories ?? []
  const options = useCategoryOptions(t('noCategory'))
  const query = useQuery({ queryKey: ['editing', 'list', state, category], queryFn: ({ signal }) => client(Editing).listArticles({ state: Number(state), categoryId: category, pageSize: 100 }, { signal }) })
  const columns: Column<Article>[] = [
    { key: 'title', title: t('heading'), cell: (article) => <strong>{article.title}</strong>, order: (article) => article.title },
    { key: 'state', title: t('state'), width: '120px', cell: (article) => <ArticleStateTag state={article.state} />, order: (article) => article.state },
    { key: 'category', title: t('category'), width: '140px', wideOnly: true, cell: (article) => categories.find((each) => each.categoryId === article.categoryId)?.title ?? '' },
    { key: 'author', title: t('author'), width: '120px', wideOnly: true, cell: (article) => article.author },
    { key: 'changed', title: t('changed'), width: '160px', wideOnly: true, cell: (article) => dateTime(article.updateTime) },
    { key: 'uses', title: t('uses'), width: '80px', right: true, cell: (article) => String(article.uses), order: (article) => article.uses },
    { key: 'votes', title: t('votes'), width: '110px', right: true, wideOnly: true, cell: (article) => `${article.helpful} / ${article.notHelpful}` },
  ]
  return (
    <>
      <div className="filters">
        <SelectField label={t('state')} value={state} onChange={setState} options={[{ value: '0', label: t('everyState') }, ...[1, 2, 3, 4].map((each) => ({ value: String(each), label: word(ArticleState[each] ?? '') }))]} />
        <SelectField label={t('category')} value={category} onChange={setCategory} options={[{ value: '', label: c('all') }, ...options.slice(1)]} />
        <Button kind="primary" icon="plus" onPress={() => go('/editing/new')}>{c('add')}</Button>
      </div>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <DataTable label={t('articles')} rows={query.data.articles} columns={columns} id={(article) => article.articleId} onOpen={(article) => go(`/editing/${article.articleId}`)} empty={{ title: t('none'), hint: t('noneHint') }} />}
    </>
  )
}

function Categories() {
  const t = useTexts(editingTexts)
  const c = useTexts(common)
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const query = useCategories()
  const options = useCategoryOptions(t('topLevel'))
  const [editing, setEditing] = useState<Category>()
  const again = () => queries.invalidateQueries({ queryKey: ['categories'] })
  const fields: FieldSpec[] = [
    { name: 'title', label: ['名称', 'Title'], kind: 'text', required: true, longest: 60 },
    { name: 'parentId', label: ['上级分类', 'Above it'], kind: 'choice', options: () => options.filter((option) => option.value !== editing?.categoryId) },
    { name: 'position', label: ['排序', 'Place'], kind: 'number', most: 9999 },
  ]
  const remove = (category: Category) => void (confirm(c('removeAsk', { name: category.title })) && client(Editing).deleteCategory({ categoryId: category.categoryId }).then(() => {
    setEditing(undefined)
    void again()
  }, (thrown: unknown) => toast('bad', failureText(thrown))))
  return (
    <>
      <div><Button kind="primary" icon="plus" onPress={() => setEditing(create(CategorySchema))}>{t('newCategory')}</Button></div>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.categories.length === 0 && <Empty icon="book" title={t('noCategories')} />}
      <section className="card"><ul className="hits">{inTreeOrder(query.data?.categories ?? []).map(({ category, depth }) => (
        <li key={category.categoryId}><button type="button" className={`indent-${Math.min(depth, 7)}`} onClick={() => setEditing(category)}><span><strong>{category.title}</strong> <span className="muted small">{t('count', { count: category.articles })}</span></span></button></li>
      ))}</ul></section>
      {editing && <Dialog title={editing.title || t('newCategory')} place="side" onClose={() => setEditing(undefined)}>
        <Form draft={`category.${editing.categoryId || 'new'}`} fields={fields} existing={editing.categoryId !== ''} onCancel={() => setEditing(undefined)}
          initial={{ title: editing.title, parentId: editing.parentId, position: editing.position }}
          save={(values) => client(Editing).putCategory({ requestId: crypto.randomUUID(), category: { categoryId: editing.categoryId, title: String(values.title).trim(), parentId: String(values.parentId), position: Number(values.position) || 0 } })}
          onSaved={() => {
            setEditing(undefined)
            toast('good', c('saved'))
            void again()
          }} />
        {editing.categoryId && <div className="danger-zone"><Button kind="danger" small onPress={() => remove(editing)}>{c('remove')}</Button></div>}
      </Dialog>}
    </>
  )
}
