// Words of work orders.
import { defineTexts } from '@/i18n/texts'

export const ordersTexts = defineTexts('orders', {
  title: ['工单', 'Work orders'],
  number: ['工单号', 'Number'],
  subject: ['标题', 'Subject'],
  type: ['类型', 'Type'],
  state: ['状态', 'State'],
  branch: ['承办单位', 'Branch'],
  owner: ['当前处理', 'With'],
  due: ['办结时限', 'Due'],
  created: ['受理时间', 'Taken'],
  left: ['剩余', 'Left'],
  daysHours: ['{days} 天 {hours} 时', '{days} d {hours} h'],
  late: ['超时', 'late'],
  toAccept: ['待签收', 'To accept'],
  inHand: ['处理中', 'In hand'],
  toVerify: ['待回访', 'To verify'],
  toApprove: ['待审核', 'For approval'],
  toDispatch: ['待派发', 'To dispatch'],
  overdue: ['超时', 'Overdue'],
  closed: ['已办结', 'Closed'],
  open: ['全部在办', 'All open'],
  text: ['关键词或工单号', 'Words or a number'],
  none: ['没有工单', 'No work orders'],
  noneHint: ['此列表当前为空。有新工单时会自动出现。', 'Nothing is in this list now. New orders appear by themselves.'],
  create: ['新建工单', 'New order'],
  description: ['内容', 'Description'],
  customer: ['客户', 'Customer'],
  customerNumber: ['来电号码', 'Number of the customer'],
  log: ['办理过程', 'What happened'],
  steps: ['可办理', 'What you can do'],
  stepText: ['说明', 'What you say'],
  take: ['提交', 'Submit'],
  notAllowed: ['当前没有可办理的操作', 'There is nothing for you to do on this order now'],
  print: ['打印', 'Print'],
  days: ['工作日天数', 'Working days'],
  other: ['另一工单号', 'The other order'],
  target: ['目标单位', 'To which unit'],
  missing: ['请填写此项', 'Fill this in'],
  taken: ['已提交', 'Submitted'],
  created2: ['工单 {number} 已创建', 'Order {number} was made'],
  accept: ['签收 (A)', 'Accept (A)'],
  acceptOne: ['签收', 'Accept'],
  accepted: ['已签收 {number}', '{number} accepted'],
  attach: ['附件', 'Files'],
  addFile: ['添加附件', 'Add a file'],
  tooLarge: ['文件超过 3 MB', 'The file is larger than 3 MB'],
  facts: ['基本信息', 'About it'],
  form: ['表单', 'Form'],
  assists: ['协办', 'Departments that help'],
  notices: ['客户通知', 'Told to the customer'],
  priority: ['紧急程度', 'Priority'],
  atCentre: ['中心派发', 'The centre dispatches it'],
  duplicates: ['可能重复的工单', 'Orders that may be about the same thing'],
  answer: ['答复', 'Answer'],
  chooseType: ['请选择类型', 'Choose a type'],
  notNow: ['当前不可办理', 'Not possible now'],
  otherSteps: ['当前不可办理的操作', 'Steps that are not possible now'],
  helpers: ['协办单位', 'Departments that help'],
  until: ['挂起至', 'Suspended until'],
  score: ['满意度（1–5 分）', 'Satisfaction (1 to 5)'],
  showMore: ['显示更多', 'Show more'],
  moveKeys: ['↑ ↓ 选择，A 签收，回车打开', '↑ ↓ choose, A accepts, Enter opens'],
  moreFilters: ['更多条件', 'More conditions'],
  noFilters: ['清除条件', 'No conditions'],
  line: ['线路', 'Line'],
  takenFrom: ['受理从', 'Taken from'],
  takenTo: ['受理到', 'Taken to'],
  articles: ['知识库建议', 'Articles that may help'],
  call: ['拨打', 'Call'],
  urgings: ['催办 {count} 次', 'Urged {count} times'],
  byCustomer: ['客户', 'The customer'],
  assistDone: ['已答复', 'Answered'],
  assistOpen: ['待答复', 'Waits'],
  workingDays: ['{days} 个工作日', '{days} working days'],
  proof: ['送达凭证', 'Proof'],
  explain: ['时限是怎样算出的', 'How the deadline came to be'],
  clock: ['时限', 'Clock'],
  used: ['已用', 'Used'],
  paused: ['暂停', 'paused'],
  day: ['日期', 'Day'],
  why: ['依据', 'Why'],
  hours: ['工作时段', 'Hours'],
  counted: ['计入分钟', 'Minutes counted'],
})

export const clockKinds = defineTexts('clockKinds', {
  FIRST_RESPONSE: ['签收', 'First response'], HANDING_OVER: ['派单', 'Dispatch'], HANDLING: ['办理', 'Handling'], TOTAL: ['办结', 'Closing'],
})

export const dayLayers = defineTexts('dayLayers', {
  WEEKLY: ['每周工作时间', 'Weekly hours'], STATUTORY_OFF: ['法定节假日', 'Public holiday'], MAKE_UP: ['调休上班', 'Make-up workday'], EXCEPTION: ['例外日', 'Exception'], OVERRIDE: ['临时调整', 'Override'],
})

export const media = defineTexts('orderMedia', {
  SMS: ['短信', 'SMS'], EMAIL: ['邮件', 'Email'], FAX: ['传真', 'Fax'], CALL: ['电话', 'Call'], WECHAT: ['微信', 'WeChat'], NONE: ['不通知', 'None'],
})

export const noticeStates = defineTexts('noticeStates', {
  PENDING: ['待发送', 'Waits'], TAKEN: ['发送中', 'On its way'], SENT: ['已发送', 'Sent'], DELIVERED: ['已送达', 'Delivered'], FAILED: ['失败', 'Failed'],
})

export const sources = defineTexts('orderSources', {
  AGENT: ['坐席', 'Agent'], IVR: ['语音自助', 'IVR'], VOICEMAIL: ['语音留言', 'Voicemail'], SMS: ['短信', 'SMS'], FAX: ['传真', 'Fax'], EMAIL: ['邮件', 'Email'], WEB: ['网站', 'Web'], WECHAT: ['微信', 'WeChat'], AUTHORITY: ['上级转办', 'Authority'], CONSUMER_ASSOCIATION: ['消协转办', 'Consumers’ association'],
})

// What can be wrong with a field of a form.
export const fieldReasons = defineTexts('fieldReasons', {
  MISSING: ['请填写此项', 'Fill this in'],
  TOO_LONG: ['内容过长', 'Too long'],
  NOT_A_NUMBER: ['请输入数字', 'Type a number'],
  OUT_OF_RANGE: ['数值超出范围', 'Out of range'],
  NOT_A_CHOICE: ['请从选项中选择', 'Choose one of the list'],
  NOT_A_DATE: ['日期不正确', 'Not a date'],
  NOT_A_PHONE: ['电话号码不正确', 'Not a telephone number'],
  NOT_AN_EMAIL: ['邮箱地址不正确', 'Not an email address'],
  BAD_CHOICES: ['选项不正确', 'The choices are wrong'],
  TOO_MANY: ['选择过多', 'Too many are chosen'],
  TWICE: ['选项重复', 'Chosen twice'],
  UNKNOWN_FIELD: ['此表单没有该字段', 'This form has no such field'],
})

export const orderStates = defineTexts('orderStates', {
  CREATED: ['待审核', 'For approval'],
  APPROVED: ['待派发', 'To dispatch'],
  DISPATCHED: ['待签收', 'To accept'],
  ACCEPTED: ['处理中', 'In hand'],
  FED_BACK: ['待回访', 'To verify'],
  VERIFIED: ['已核实', 'Verified'],
  CLOSED: ['已办结', 'Closed'],
  WITHDRAWN: ['已撤销', 'Withdrawn'],
  MERGED: ['已合并', 'Merged'],
})

export const orderTypes = defineTexts('orderTypes', {
  CONSULTATION: ['咨询', 'Question'],
  COMPLAINT: ['投诉', 'Complaint'],
  SUGGESTION: ['建议', 'Suggestion'],
  FAULT_REPORT: ['报修', 'Fault report'],
  BUSINESS_ACCEPTANCE: ['业务办理', 'Application'],
  CALLBACK: ['回访', 'Call-back'],
})

export const orderSteps = defineTexts('orderSteps', {
  CREATE: ['受理', 'Taken'], ACCEPT: ['签收', 'Accept'], FEED_BACK: ['反馈', 'Feed back'], VERIFY: ['回访确认', 'Customer confirms'],
  SEND_BACK: ['退回重办', 'Customer does not confirm'], CLOSE: ['办结', 'Close'], NOTE: ['备注', 'Note'], APPROVE: ['审核通过', 'Approve'],
  REJECT: ['驳回', 'Reject'], DISPATCH: ['派发', 'Dispatch'], REFUSE: ['拒签', 'Refuse'], HANDLE: ['办理进展', 'Progress'],
  RETURN: ['退回补充', 'Return'], FORWARD: ['转办', 'Forward'], HAND_OVER: ['请求协办', 'Ask for help'], ASSIST: ['协办答复', 'Answer as helper'],
  MERGE: ['合并', 'Merge'], RELATE: ['关联', 'Relate'], URGE: ['催办', 'Urge'], ASK_EXTENSION: ['申请延期', 'Ask for more time'],
  ASK_SUSPENSION: ['申请挂起', 'Ask to suspend'], GRANT: ['同意', 'Grant'], DENY: ['不同意', 'Deny'], RESUME: ['恢复', 'Resume'],
  ESCALATE: ['上报', 'Escalate'], REOPEN: ['重办', 'Reopen'], WITHDRAW: ['撤销', 'Withdraw'], EDIT: ['更正', 'Correct'], RATE: ['评价', 'Rate'],
  ANSWER: ['答复客户', 'Answer the customer'], CLOSE_BY_INCIDENT: ['随事件办结', 'Closed with its incident'], WARN: ['时限提醒', 'Deadline warning'],
})

export const priorities = defineTexts('priorities', {
  NORMAL: ['一般', 'Normal'], URGENT: ['紧急', 'Urgent'], CRITICAL: ['特急', 'Critical'],
})
