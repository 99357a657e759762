// One article as readers see it: text, files, what belongs with it; vote, keep, send to the caller.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Knowledge } from '@/gen/trunkline/knowledge/v1/knowledge_pb'
import { Channel, type Article } from '@/gen/trunkline/knowledge/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { dateTime } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { SelectField, TextField } from '@/ui/Field'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
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

export async function download(articleId: string, attachmentId: string): Promise<void> {
  const parts: BlobPart[] = []
  let name = ''
  let type = ''
  for await (const part of client(Knowledge).getAttachment({ articleId, attachmentId }, { timeoutMs: 60_000 })) {
    name ||= part.name
    type ||= part.mediaType
    parts.push(part.data as BlobPart)
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(parts, { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

export function ArticleView({ id, onOpen }: { id: string; onOpen(id: string): void }) {
  const t = useTexts(knowledgeTexts)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [asking, setAsking] = useState<'missing' | 'send'>()
  const query = useQuery({ queryKey: ['article', id], queryFn: ({ signal }) => client(Knowledge).openArticle({ articleId: id }, { signal }), staleTime: Infinity })
  const bad = (thrown: unknown) => toast('bad', failureText(thrown))
  const rate = (helpful: boolean, comment = '') => client(Knowledge).rateArticle({ articleId: id, helpful, comment }).then(() => {
    setAsking(undefined)
    toast('good', t(helpful ? 'thanks' : 'taskMade'))
  }, bad)
  const keep = (favourite: boolean) => void client(Knowledge).setFavourite({ articleId: id, favourite }).then(() => {
    queries.setQueryData<Article>(['article', id], (article) => article && { ...article, favourite })
    void queries.invalidateQueries({ queryKey: ['knowledge', 'favourites'] })
  }, bad)
  if (query.error) return <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />
  const article = query.data
  if (!article) return null
  return (
    <article>
      <div className="card-head"><h2>{article.title}</h2><Button small kind="quiet" pressed={article.favourite} onPress={() => keep(!article.favourite)}>{article.favourite ? t('isFavourite') : t('favourite')}</Button></div>
      {article.tags.length > 0 && <div className="row">{article.tags.map((tag) => <Tag key={tag} tone="info">{tag}</Tag>)}</div>}
      {article.summary && <p className="notice info">{article.summary}</p>}
      <PlainMarkdown text={article.body} />
      {article.attachments.length > 0 && <><h3>{t('files')}</h3><div className="row">{article.attachments.map((file) => (
        <Button key={file.attachmentId} small onPress={() => void download(id, file.attachmentId).catch(bad)}>{`${file.name} (${Math.ceil(Number(file.size) / 1024)} KB)`}</Button>
      ))}</div></>}
      {article.related.length > 0 && <><h3>{t('related')}</h3><ul className="hits">{article.related.map((other) => <li key={other.articleId}><button type="button" onClick={() => onOpen(other.articleId)}><strong>{other.title}</strong></button></li>)}</ul></>}
      <div className="row danger-zone">
        <Button small icon="check" onPress={() => void rate(true)}>{t('helpful')}</Button><Button small icon="cross" onPress={() => setAsking('missing')}>{t('notHelpful')}</Button>
        {can('knowledge.articles.send') && <Button small icon="transfer" onPress={() => setAsking('send')}>{t('send')}</Button>}
        <span className="muted small">{t('uses', { count: String(article.uses) })} · {dateTime(article.updateTime)}{article.validTo && ` · ${t('validTo', { time: dateTime(article.validTo) })}`}</span>
      </div>
      {asking === 'missing' && <Missing onClose={() => setAsking(undefined)} onSay={(comment) => void rate(false, comment)} />}
      {asking === 'send' && <Send id={id} onClose={() => setAsking(undefined)} />}
    </article>
  )
}

function Missing({ onClose, onSay }: { onClose(): void; onSay(comment: string): void }) {
  const t = useTexts(knowledgeTexts)
  const c = useTexts(common)
  const [comment, setComment] = useState('')
  return (
    <Dialog title={t('notHelpful')} onClose={onClose}>
      <form className="form" onSubmit={(event) => {
        event.preventDefault()
        onSay(comment.trim())
      }}>
        <TextField label={t('whatIsMissing')} hint={t('whatIsMissingHint')} lines={3} value={comment} maxLength={500} onChange={setComment} />
        <footer><Button type="submit" kind="primary">{c('confirm')}</Button><Button onPress={onClose}>{c('cancel')}</Button></footer>
      </form>
    </Dialog>
  )
}

const CHANNELS = [[Channel.SMS, 'sms'], [Channel.EMAIL, 'email'], [Channel.FAX, 'fax'], [Channel.CHAT, 'chat']] as const

function Send({ id, onClose }: { id: string; onClose(): void }) {
  const t = useTexts(knowledgeTexts)
  const c = useTexts(common)
  const toast = useToasts((toasts) => toasts.add)
  const [request] = useState(() => crypto.randomUUID())
  const [channel, setChannel] = useState(String(Channel.SMS))
  const [recipient, setRecipient] = useState('')
  const [fault, setFault] = useState('')
  const [failure, setFailure] = useState<unknown>()
  return (
    <Dialog title={t('send')} onClose={onClose}>
      <form className="form" onSubmit={(event) => {
        event.preventDefault()
        if (!recipient.trim()) return setFault(t('recipientMissing'))
        setFault('')
        client(Knowledge).sendArticle({ requestId: request, articleId: id, channel: Number(channel), recipient: recipient.trim() }).then(() => {
          toast('good', t('sending'))
          onClose()
        }, setFailure)
      }}>
        <div className="fields">
          <SelectField label={t('channel')} value={channel} onChange={setChannel} options={CHANNELS.map(([value, key]) => ({ value: String(value), label: t(key) }))} />
          <TextField label={t('recipient')} required value={recipient} maxLength={120} fault={fault} onChange={setRecipient} />
        </div>
        {failure !== undefined && <FailureNotice failure={failure} />}
        <footer><Button type="submit" kind="primary">{t('send')}</Button><Button onPress={onClose}>{c('cancel')}</Button></footer>
      </form>
    </Dialog>
  )
}
