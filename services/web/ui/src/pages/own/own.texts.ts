// Words of the agent's own figures.
import { defineTexts } from '@/i18n/texts'

export const ownTexts = defineTexts('own', {
  title: ['我的绩效', 'My figures'],
  state: ['当前状态', 'Present state'],
  handled: ['本班处理', 'Handled this shift'],
  talk: ['平均通话', 'Mean talk'],
  hold: ['平均保持', 'Mean hold'],
  wrap: ['平均话后', 'Mean wrap-up'],
  talkOne: ['通话', 'Talk'],
  holdOne: ['保持', 'Hold'],
  wrapOne: ['话后', 'Wrap-up'],
  time: ['时间', 'Time'],
  contact: ['联系', 'Contact'],
  none: ['今天还没有处理联系', 'No contacts yet today'],
  since: ['本状态时长', 'In this state'],
  recent: ['最近联系', 'Contacts lately'],
  queues: ['我的队列', 'My queues'],
})
