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
  cards: ['会员卡', 'Membership cards'],
  points: ['积分', 'points'],
  money: ['储值', 'stored'],
  closedCard: ['已销户', 'Closed'],
  statement: ['明细', 'Statement'],
  time: ['时间', 'Time'],
  what: ['事项', 'What'],
  amount: ['数额', 'Amount'],
  balance: ['余额', 'Balance'],
  badAmount: ['数额不正确', 'Not an amount'],
  reason: ['原因', 'Reason'],
  post: ['记账', 'Post'],
  posted: ['已记账', 'Posted'],
  expires: ['{amount} 将于 {time} 到期', '{amount} expire at {time}'],
  duplicates: ['查重合并', 'Duplicates'],
  noDuplicates: ['没有疑似重复的客户', 'No records that may be one person'],
  keepFirst: ['合并，保留上一条', 'Merge, keep the first'],
  keepSecond: ['合并，保留下一条', 'Merge, keep the second'],
  twoPeople: ['不是同一人', 'Two people'],
  mergeReason: ['合并原因（可撤销）', 'Why they are one (it can be undone)'],
  import: ['导入', 'Import'],
  export: ['导出', 'Export'],
  importHint: ['CSV（UTF-8），首行为列名：name, number, label, salutation, vip_level, manager, language, tags, address, note, card。多个号码用“;”分隔。', 'CSV in UTF-8; the first line names the columns: name, number, label, salutation, vip_level, manager, language, tags, address, note, card. Several numbers go with “;”.'],
  chooseFile: ['选择文件', 'Choose a file'],
  dryRun: ['只检查，不写入', 'Only check, write nothing'],
  checkFile: ['检查', 'Check'],
  importResult: ['新增 {created}，更新 {updated}，拒绝 {refused} 行', '{created} created, {updated} updated, {refused} lines refused'],
  badLines: ['有问题的行', 'Bad lines'],
  line: ['行', 'Line'],
  column: ['列', 'Column'],
  why: ['问题', 'What is wrong'],
  tag: ['标签（留空为全部）', 'Tag; empty: everybody'],
  clearNumbers: ['包含完整号码（写入审计）', 'Numbers in clear; written to the audit log'],
})

export const postingKinds = defineTexts('postingKinds', { EARN: ['存入', 'Earned'], REDEEM: ['使用', 'Used'], EXPIRE: ['到期', 'Expired'], CORRECT: ['更正', 'Corrected'] })

export const duplicateReasons = defineTexts('duplicateReasons', { SAME_NUMBER: ['号码相同', 'The same number'], SAME_NAME_AND_ADDRESS: ['姓名和地址相同', 'The same name and address'] })

export const importReasons = defineTexts('importReasons', {
  NAME_MISSING: ['缺少姓名', 'The name is missing'], BAD_NUMBER: ['号码不正确', 'Not a telephone number'], VIP_LEVEL_OUT_OF_RANGE: ['VIP 等级不正确', 'The VIP level is wrong'], BAD_TAG: ['标签不正确', 'A tag is wrong'], BAD_LANGUAGE: ['语言不正确', 'The language is wrong'],
  FIELD_TOO_LONG: ['内容过长', 'Too long'], TOO_MANY: ['数量过多', 'Too many'], CARD_IN_USE: ['卡号已被使用', 'The card is in use'],
})

export const entryTexts = defineTexts('entries', {
  ANSWERED: ['已接通', 'Answered'], ABANDONED: ['放弃', 'Abandoned'], SELF_SERVICE: ['自助', 'Self service'],
  VOICE: ['电话', 'Call'], SMS: ['短信', 'SMS'], EMAIL: ['邮件', 'Email'], FAX: ['传真', 'Fax'], CHAT: ['在线', 'Chat'], WECHAT: ['微信', 'WeChat'], WEB: ['网页', 'Web'], VOICEMAIL: ['留言', 'Voicemail'],
  CONTACT: ['联系', 'Contact'], ORDER: ['工单', 'Work order'], NOTE: ['备注', 'Note'],
})
