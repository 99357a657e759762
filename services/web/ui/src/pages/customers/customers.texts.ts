// Words of customers.
import { defineTexts } from '@/i18n/texts'

export const customersTexts = defineTexts('customers', {
  title: ['客户', 'Customers'],
  text: ['姓名、拼音、号码或卡号', 'Name, pinyin, number or card'],
  name: ['姓名', 'Name'],
  salutation: ['称呼', 'Salutation'],
  numbers: ['号码', 'Numbers'],
  vip: ['VIP', 'VIP'],
  tags: ['标签', 'Tags'],
  manager: ['客户经理', 'Account manager'],
  language: ['语言', 'Language'],
  address: ['地址', 'Address'],
  note: ['备注', 'Note'],
  none: ['没有找到客户', 'No customer found'],
  noneHint: ['试试拼音首字母或号码后几位，或新增客户。', 'Try the first letters of the pinyin or the end of a number, or add the customer.'],
  add: ['新增客户', 'Add a customer'],
  timeline: ['往来记录', 'History'],
  reveal: ['显示号码', 'Show the number'],
  revealReason: ['查看原因（写入审计）', 'Why (written to the audit log)'],
  dnc: ['请勿联系', 'Do not contact'],
  number: ['号码', 'Number'],
  addNote: ['添加备注', 'Add a note'],
  noTimeline: ['没有往来记录', 'No history'],
  card: ['会员账户', 'Accounts'],
  unknown: ['新客户', 'New customer'],
})

export const entryTexts = defineTexts('entries', {
  ANSWERED: ['已接通', 'Answered'], ABANDONED: ['放弃', 'Abandoned'], SELF_SERVICE: ['自助', 'Self service'],
  VOICE: ['电话', 'Call'], SMS: ['短信', 'SMS'], EMAIL: ['邮件', 'Email'], FAX: ['传真', 'Fax'], CHAT: ['在线', 'Chat'], WECHAT: ['微信', 'WeChat'], WEB: ['网页', 'Web'], VOICEMAIL: ['留言', 'Voicemail'],
  CONTACT: ['联系', 'Contact'], ORDER: ['工单', 'Work order'], NOTE: ['备注', 'Note'],
})
