// Writing one article: text, tags, validity, files, what belongs with it; review; versions and what differs between them.
import { timestampFromMs } from '@bufbuild/protobuf/wkt'
import { create } from '@bufbuild/protobuf'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import { faultField } from '@/api/problem'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Editing, Knowledge } from '@/gen/trunkline/knowledge/v1/knowledge_pb'
import { ArticleSchema, ArticleState, DiffLine_Change, type Article } from '@/gen/trunkline/knowledge/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { dateTime, millis } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { download, PlainMarkdown } from '@/pages/knowledge/ArticleView'
import { useCategoryOptions } from '@/pages/knowledge/KnowledgePage'
import { useDraft } from '@/kept/drafts'
import { localTime } from '@/pages/orders/stepDraft'
import { Button } from '@/ui/Button'
import { SelectField, TextField } from '@/ui/Field'
import { Icon } from '@/ui/Icon'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { ArticleStateTag } from './EditingPage'
import { editingTexts } from './editing.texts'

interface Text {
  title: string
  categoryId: string
  summary: string
  body: string
  tags: string
  language: string
  validFrom: string
  validTo: string
  relatedIds: string[]
  note: string
}

const local = (time: Article['validFrom']) => (time ? localTime(millis(time) ?? 0) : '')
const textOf = (article: Article): Text => ({
  title: article.title, categoryId: article.categoryId, summary: article.summary, body: article.body, tags: article.tags.join(', '), language: article.language || 'zh', validFrom: local(article.validFrom), validTo: local(article.validTo), relatedIds: [...article.relatedIds], note: '',
})

export default function ArticlePage() {
  const { id = '' } = useParams<{ id: string }>()
  const query = useQuery({ queryKey: ['editing', 'article', id], staleTime: Infinity, queryFn: ({ signal }) => (id === 'new' ? create(ArticleSchema) : client(Editing).getArticle({ articleId: id }, { signal })) })
  if (query.error) return <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />
  // A new version begins the form anew.
  return query.data ? <Editor key={`${id}.${query.data.version}`} id={id} article={query.data} /> : null
}

function Editor({ id, article }: { id: string; article: Article }) {
  const t = useTexts(editingTexts)
  const c = useTexts(common)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const [, go] = useLocation()
  const { value, set, drop, restored, ready } = useDraft<Text>(`article.${id}`, () => textOf(article))
  const [request] = useState(() => crypto.randomUUID())
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const options = useCategoryOptions(t('noCategory'))
  const show = (next: Article) => {
    queries.setQueryData(['editing', 'article', next.articleId], next)
    void queries.invalidateQueries({ queryKey: ['editing', 'list'] })
    void queries.invalidateQueries({ queryKey: ['editing', 'versions', next.articleId] })
  }
  const act = async (work: () => Promise<Article>) => {
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    try {
      const next = await work()
      show(next)
      toast('good', c('done'))
      if (id === 'new') go(`/editing/${next.articleId}`, { replace: true })
    } catch (thrown) {
      const at = faultField(thrown, ['title', 'summary', 'body', 'tags', 'language', 'categoryId', 'validFrom', 'validTo', 'relatedIds'])
      if (at) setFaults({ [at]: (thrown as Error).message })
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  const save = () => {
    const wrong: Record<string, string> = {}
    if (!value.title.trim()) wrong.title = t('missing')
    if (value.validTo && value.validFrom && value.validTo <= value.validFrom) wrong.validTo = t('endBeforeStart')
    setFaults(wrong)
    if (Object.keys(wrong).length > 0) return
    void act(async () => {
      const written = create(ArticleSchema, {
        articleId: article.articleId, version: article.version, title: value.title.trim(), categoryId: value.categoryId, summary: value.summary.trim(), body: value.body, tags: value.tags.split(/[,，]/).map((tag) => tag.trim()).filter(Boolean), language: value.language, relatedIds: value.relatedIds,
        ...(value.validFrom ? { validFrom: timestampFromMs(new Date(value.validFrom).getTime()) } : {}), ...(value.validTo ? { validTo: timestampFromMs(new Date(value.validTo).getTime()) } : {}),
      })
      const saved = id === 'new' ? await client(Editing).createArticle({ requestId: request, article: written }) : await client(Editing).saveArticle({ requestId: request, article: written, note: value.note.trim() })
      await drop()
      return saved
    })
  }
  const ask = (question: string, work: (text: string) => Promise<Article>) => {
    const text = prompt(question)?.trim()
    if (text) void act(() => work(text))
  }
  const articleId = article.articleId
  return (
    <div className="page">
      <div className="page-head">
        <Link href="/editing" className="button quiet sign" aria-label={c('back')}><Icon name="left" /></Link>
        <h1>{article.title || c('add')}</h1>
        {articleId && <><ArticleStateTag state={article.state} /><Tag tone="off">{t('version', { version: article.version })}</Tag></>}
        <Button kind="primary" busy={busy || !ready} onPress={save}>{c('save')}</Button>
        {article.state === ArticleState.DRAFT && articleId && <Button busy={busy} onPress={() => void act(() => client(Editing).submitArticle({ articleId }))}>{t('submit')}</Button>}
        {article.state === ArticleState.IN_REVIEW && can('knowledge.articles.review') && <>
          <Button busy={busy} kind="good" onPress={() => void act(() => client(Editing).reviewArticle({ articleId, publish: true }))}>{t('publish')}</Button>
          <Button busy={busy} onPress={() => ask(t('sendBackWhy'), (note) => client(Editing).reviewArticle({ articleId, publish: false, note }))}>{t('sendBack')}</Button>
        </>}
        {article.state === ArticleState.PUBLISHED && can('knowledge.articles.review') && <Button busy={busy} onPress={() => ask(t('withdrawWhy'), (reason) => client(Editing).withdrawArticle({ articleId, reason }))}>{t('withdraw')}</Button>}
      </div>
      {article.reviewNote && <div className="notice warn">{t('sentBack', { note: article.reviewNote })}</div>}
      {restored && <div className="notice info row"><span className="grow">{t('restored')}</span><Button small onPress={() => void drop()}>{c('cancel')}</Button></div>}
      {failure !== undefined && <FailureNotice failure={failure} />}
      <div className="columns">
        <section className="card"><div className="form">
          <div className="fields">
            <TextField label={t('heading')} required wide value={value.title} maxLength={200} fault={faults.title} onChange={(title) => set({ title })} />
            <SelectField label={t('category')} value={value.categoryId} options={options} fault={faults.categoryId} onChange={(categoryId) => set({ categoryId })} />
            <SelectField label={t('language')} value={value.language} options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} onChange={(language) => set({ language })} />
            <TextField label={t('tags')} wide value={value.tags} fault={faults.tags} onChange={(tags) => set({ tags })} />
            <TextField label={t('summary')} wide lines={2} value={value.summary} maxLength={500} fault={faults.summary} onChange={(summary) => set({ summary })} />
            <TextField label={t('body')} wide lines={14} value={value.body} maxLength={60_000} fault={faults.body} onChange={(body) => set({ body })} />
            <TextField label={t('validFrom')} type="datetime-local" value={value.validFrom} fault={faults.validFrom} onChange={(validFrom) => set({ validFrom })} />
            <TextField label={t('validTo')} type="datetime-local" value={value.validTo} fault={faults.validTo} onChange={(validTo) => set({ validTo })} />
            {articleId && <TextField label={t('note')} wide value={value.note} maxLength={200} onChange={(note) => set({ note })} />}
          </div>
          <Related chosen={value.relatedIds} own={articleId} onChange={(relatedIds) => set({ relatedIds })} />
        </div></section>
        <div className="page">
          <section className="card"><h2>{value.title}</h2>{value.summary && <p className="notice info">{value.summary}</p>}<PlainMarkdown text={value.body} /></section>
          <Files article={article} onChanged={show} />
          {articleId && <Versions article={article} />}
        </div>
      </div>
    </div>
  )
}

function Related({ chosen, own, onChange }: { chosen: readonly string[]; own: string; onChange(ids: string[]): void }) {
  const t = useTexts(editingTexts)
  const [text, setText] = useState('')
  const found = useQuery({ queryKey: ['knowledge', 'link', text.trim()], enabled: text.trim() !== '', queryFn: ({ signal }) => client(Knowledge).searchArticles({ text: text.trim(), limit: 6 }, { signal }) })
  return (
    <div className="field wide">
      <TextField label={t('related')} hint={t('addRelated')} type="search" value={text} onChange={setText} />
      {text.trim() && <ul className="hits">{found.data?.hits.map(({ article }) => article && article.articleId !== own && !chosen.includes(article.articleId) && (
        <li key={article.articleId}><button type="button" onClick={() => {
          onChange([...chosen, article.articleId])
          setText('')
        }}>{article.title}</button></li>
      ))}</ul>}
      <div className="row">{chosen.map((id) => <Linked key={id} id={id} onRemove={() => onChange(chosen.filter((each) => each !== id))} />)}</div>
    </div>
  )
}

function Linked({ id, onRemove }: { id: string; onRemove(): void }) {
  const { data } = useQuery({ queryKey: ['editing', 'title', id], staleTime: Infinity, retry: false, queryFn: ({ signal }) => client(Editing).getArticle({ articleId: id }, { signal }) })
  return <Button small icon="cross" onPress={onRemove}>{data?.title ?? id}</Button>
}

function Files({ article, onChanged }: { article: Article; onChanged(article: Article): void }) {
  const t = useTexts(editingTexts)
  const c = useTexts(common)
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const bad = (thrown: unknown) => toast('bad', failureText(thrown))
  const add = async (file: File | undefined) => {
    if (!file) return
    if (file.size > 3 * 1024 * 1024) return toast('bad', t('tooLarge'))
    await client(Editing).addAttachment({ articleId: article.articleId, name: file.name, data: new Uint8Array(await file.arrayBuffer()) }, { timeoutMs: 60_000 }).then(onChanged, bad)
  }
  return (
    <section className="card"><h2>{t('files')}</h2>
      {!article.articleId ? <p className="muted small">{t('saveFirst')}</p> : <>
        <ul className="thumbs">{article.attachments.map((file) => (
          <li key={file.attachmentId}><span className="small">{file.name} · {Math.ceil(Number(file.size) / 1024)} KB</span>
            <Button small onPress={() => void download(article.articleId, file.attachmentId).catch(bad)} icon="down" label={file.name} />
            <Button small kind="quiet" icon="cross" label={`${c('remove')} ${file.name}`} onPress={() => confirm(c('removeAsk', { name: file.name })) && void client(Editing).removeAttachment({ articleId: article.articleId, attachmentId: file.attachmentId }).then(onChanged, bad)} /></li>
        ))}</ul>
        <label className="button file-button">{t('addFile')}<input className="hidden" type="file" onChange={(event) => {
          void add(event.target.files?.[0])
          event.target.value = ''
        }} /></label>
        <p className="muted small">{t('fileHint')}</p>
      </>}
    </section>
  )
}

function Versions({ article }: { article: Article }) {
  const t = useTexts(editingTexts)
  const [from, setFrom] = useState<number>()
  const versions = useQuery({ queryKey: ['editing', 'versions', article.articleId], queryFn: ({ signal }) => client(Editing).listVersions({ articleId: article.articleId }, { signal }) })
  const diff = useQuery({
    queryKey: ['editing', 'versions', article.articleId, from, article.version], enabled: from !== undefined,
    queryFn: ({ signal }) => client(Editing).compareVersions({ articleId: article.articleId, fromVersion: from ?? 0, toVersion: article.version }, { signal }),
  })
  return (
    <section className="card"><h2>{t('versions')}</h2>
      <ol className="log">{versions.data?.versions.map((version) => (
        <li key={version.version}>
          <div className="row"><strong>{t('version', { version: version.version })}</strong>{version.published && <Tag tone="good">{t('isPublished')}</Tag>}<span className="muted">{version.author} · {dateTime(version.time)}</span>
            {version.version !== article.version && <Button small kind="quiet" pressed={from === version.version} onPress={() => setFrom(version.version)}>{t('compare')}</Button>}</div>
          {version.note && <p className="small">{version.note}</p>}
        </li>
      ))}</ol>
      {from !== undefined && diff.data && <>
        <h3>{t('compared', { from, to: article.version })}</h3>
        {diff.data.lines.every((line) => line.change === DiffLine_Change.SAME) ? <p className="muted">{t('same')}</p> : (
          <div className="diff">{diff.data.lines.map((line, index) => line.change === DiffLine_Change.ADDED ? <ins key={index}>+ {line.text}</ins> : line.change === DiffLine_Change.REMOVED ? <del key={index}>− {line.text}</del> : <span key={index}>{line.text}</span>)}</div>
        )}
      </>}
    </section>
  )
}
