// Words of the report of a day.
import { defineTexts } from '@/i18n/texts'

export const figuresTexts = defineTexts('figures', {
  title: ['队列日报', 'Queues of one day'],
  date: ['日期', 'Date'],
  queue: ['队列', 'Queue'],
  total: ['合计', 'Total'],
  offered: ['呼入量', 'Offered'],
  answered: ['接通量', 'Answered'],
  connect: ['接通率', 'Connected'],
  level: ['服务水平', 'Service level'],
  abandoned: ['放弃量', 'Abandoned'],
  abandonRate: ['放弃率', 'Abandon rate'],
  asa: ['平均应答', 'ASA'],
  aht: ['平均处理', 'AHT'],
  talk: ['平均通话', 'Talk'],
  wrap: ['平均话后', 'Wrap-up'],
  open: ['未完结', 'Open'],
  none: ['这一天没有来电', 'No calls on this day'],
  noneHint: ['请选择其他日期。', 'Choose another date.'],
  csv: ['导出 CSV', 'Export CSV'],
  timeZone: ['按 Asia/Shanghai 统计', 'By the days of Asia/Shanghai'],
})
