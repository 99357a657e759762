// What others did to an order since a person looked: told before he saves on top of it.
import { Step, type Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { dateTime } from '@/i18n/format'
import { usePreferences } from '@/i18n/preferences'
import { useTexts, useWord } from '@/i18n/texts'
import { offlineTexts } from './offline.texts'
import { orderSteps } from './orders.texts'

export function useStepName(): (step: Step, name: string) => string {
  const word = useWord(orderSteps)
  const locale = usePreferences((state) => state.locale)
  return (step, name) => (locale === 'zh' && name ? name : word(Step[step] ?? name))
}

// Warnings of the clock are nobody's doing and disturb nobody's work.
export const newsIn = (order: Order, after: number) => order.log.filter((entry) => entry.number > after && entry.step !== Step.WARN)

export const lastOf = (order: Order) => order.log.at(-1)?.number ?? 0

export function Meanwhile({ order, after }: { order: Order; after: number }) {
  const t = useTexts(offlineTexts)
  const name = useStepName()
  const news = newsIn(order, after)
  if (news.length === 0) return null
  return (
    <div className="notice warn" role="alert"><div>
      <strong>{t('meanwhile')}</strong>
      <ul>{news.map((entry) => <li key={entry.number}>{entry.actorName || entry.actor} {name(entry.step, entry.stepName)} · {dateTime(entry.time)}{entry.text && ` · ${entry.text}`}</li>)}</ul>
      {t('meanwhileHint')}
    </div></div>
  )
}
