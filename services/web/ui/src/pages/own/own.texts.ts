// Words of the agent's own figures.
import { defineTexts } from '@/i18n/texts'

export const ownTexts = defineTexts('own', {
  title: ['我的绩效', 'My figures'],
  state: ['当前状态', 'Present state'],
  handled: ['本班处理', 'Handled this shift'],
  since: ['本状态时长', 'In this state'],
  recent: ['最近联系', 'Contacts lately'],
  queues: ['我的队列', 'My queues'],
})
