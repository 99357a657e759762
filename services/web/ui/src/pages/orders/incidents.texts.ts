// Words of events that gather orders.
import { defineTexts } from '@/i18n/texts'

export const incidentTexts = defineTexts('incidents', {
  title: ['突发事件', 'Incidents'],
  heading: ['事件', 'What happened'],
  text: ['说明', 'About it'],
  since: ['登记时间', 'Since'],
  orders: ['工单数', 'Orders'],
  answered: ['已答复', 'Answered'],
  failed: ['{count} 项失败', '{count} failed'],
  running: ['正在答复', 'Being answered'],
  none: ['没有突发事件', 'No incidents'],
  noneHint: ['事故、泄漏等引发大量来电时，在此登记并一次答复全部客户。', 'When an accident or a leak makes many call, register it here and answer all of them at once.'],
  missing: ['请填写此项', 'Fill this in'],
  ofIt: ['已归集 {count} 张工单', '{count} orders gathered'],
  byNumber: ['工单号（可多个）', 'Numbers of orders'],
  byWords: ['或归集含此关键词的全部在办工单', 'Or every open order with these words'],
  gather: ['归集', 'Gather'],
  gathered: ['共 {count} 张工单', '{count} orders now'],
  answer: ['统一答复', 'The answer to all'],
  close: ['同时办结', 'Close them too'],
  answerAll: ['答复 {count} 位客户', 'Answer {count} customers'],
  answerAsk: ['向 {count} 张工单的客户发送此答复？', 'Send this answer to the customers of {count} orders?'],
  nobody: ['尚未归集工单', 'No orders gathered yet'],
})
