// What the stage shows of the settings of work orders.
const seconds = (ago) => new Date(Date.now() - ago * 1000).toISOString()
const version = { version: 2, current: true, author: '管理员', time: seconds(400000), note: '投诉原因补充“车况”' }
const type = {
  typeId: 'complaint', kind: 'COMPLAINT', name: '投诉', flowId: 'standard', script: '您好，请问是哪条线路？', priority: 'NORMAL', duplicateDays: 7, reopenDays: 30, warnPercents: [50, 80, 100], notifySteps: ['CREATE', 'FEED_BACK', 'CLOSE'], version,
  fields: [
    { fieldId: 'line', name: '线路', kind: 'LINE', required: true }, { fieldId: 'cause', name: '投诉原因', kind: 'CAUSE', choices: ['未停靠', '服务态度', '候车时间长', '车况'] }, { fieldId: 'happened', name: '发生时间', kind: 'DATE_TIME' },
    { fieldId: 'plate', name: '车牌', kind: 'PLATE', help: '如 粤B12345' }, { fieldId: 'refund', name: '退款金额', kind: 'MONEY', shownIfField: 'cause', shownIfValue: '车况', maximum: 500 },
  ],
  limits: [{ clock: 'TOTAL', workingDays: 5 }, { clock: 'FIRST_RESPONSE', workingMinutes: 240 }, { clock: 'HANDLING', workingDays: 4 }], urging: { raisePriorityEvery: 2, shortenPercent: 20, escalateFrom: 3, quietMinutes: 30 },
}
const flow = {
  flowId: 'standard', name: '标准流程', version,
  states: [
    { stateId: 'to_dispatch', name: '待派单', phase: 'APPROVED', owner: 'CENTRE' }, { stateId: 'dispatched', name: '待签收', phase: 'DISPATCHED', owner: 'BRANCH' }, { stateId: 'accepted', name: '处理中', phase: 'ACCEPTED', owner: 'BRANCH' },
    { stateId: 'fed_back', name: '待回访', phase: 'FED_BACK', owner: 'CENTRE' }, { stateId: 'closed', name: '已办结', phase: 'CLOSED', owner: 'NOBODY' },
  ],
  steps: [
    { stepId: 'create', name: '受理', step: 'CREATE', to: 'to_dispatch', by: 'ANYONE' }, { stepId: 'dispatch', name: '派单', step: 'DISPATCH', from: ['to_dispatch'], to: 'dispatched', by: 'CENTRE', starts: ['FIRST_RESPONSE'] },
    { stepId: 'accept', name: '签收', step: 'ACCEPT', from: ['dispatched'], to: 'accepted', by: 'OWNER', stops: ['FIRST_RESPONSE'] }, { stepId: 'feed_back', name: '反馈', step: 'FEED_BACK', from: ['accepted'], to: 'fed_back', by: 'OWNER', textRequired: true, waitsForHelpers: true },
    { stepId: 'close', name: '回访并办结', step: 'CLOSE', from: ['fed_back'], to: 'closed', by: 'CENTRE', answersCustomer: true, textRequired: true },
  ],
}
const hours = ['09:00-12:00', '13:30-17:30']
const calendar = {
  calendarId: 'office', name: '工作日', timeZone: 'Asia/Shanghai', statutory: true, knownYears: [2025, 2026], revision: '4', weekly: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ spans: day < 5 ? hours : [] })),
  exceptions: [{ date: '2026-12-05', name: '系统搬迁', spans: [] }], overrides: [{ overrideId: 'o1', fromTime: seconds(90000), toTime: seconds(3600), open: false, reason: '台风停运', actor: '管理员' }],
}

export const orderSettings = {
  'trunkline.workorder.v1.WorkOrders/ListIncidents': () => ({ incidents: [{ incidentId: 'i1', title: '人民路燃气泄漏', text: '人民路 100–300 号停气抢修', createTime: seconds(5000), orders: 37 }, { incidentId: 'i2', title: '12 路停运', createTime: seconds(90000), orders: 120, answered: 118, failed: 2, answerTime: seconds(80000), answer: '12 路已恢复运营，给您带来不便，敬请谅解。' }] }),
  'trunkline.workorder.v1.WorkOrderSettings/GetType': ({ draft }) => ({ ...type, version: draft ? { author: '管理员', time: seconds(300) } : version }),
  'trunkline.workorder.v1.WorkOrderSettings/CheckType': ({ fields = [] }) => ({ faults: fields.flatMap((field, index) => (field.fieldId ? [] : [{ place: `fields[${index}].field_id`, reason: 'MISSING', message: 'a field needs an id' }])) }),
  'trunkline.workorder.v1.WorkOrderSettings/SaveType': ({ type: saved }) => saved,
  'trunkline.workorder.v1.WorkOrderSettings/PublishType': () => ({ ...type, version: { ...version, version: 3 } }),
  'trunkline.workorder.v1.WorkOrderSettings/ListFlows': () => ({ flows: [flow], drafts: [{ ...flow, flowId: 'repair', name: '抢修流程', version: {} }] }),
  'trunkline.workorder.v1.WorkOrderSettings/GetFlow': () => flow,
  'trunkline.workorder.v1.WorkOrderSettings/CheckFlow': ({ states = [] }) => ({ faults: states.length > 5 ? [{ place: 'states[5]', reason: 'ORPHAN_STATE', message: 'no way leads to it' }] : [] }),
  'trunkline.workorder.v1.WorkOrderSettings/ListVersions': () => ({ versions: [version, { version: 1, author: '管理员', time: seconds(4000000), note: '第一版' }] }),
  'trunkline.workorder.v1.WorkOrderSettings/ListCalendars': () => ({ calendars: [calendar], warnings: [] }),
  'trunkline.workorder.v1.WorkOrderSettings/ExplainWorkingTime': () => ({ endTime: seconds(-400000), workingMinutes: 2100, days: [{ date: '2026-11-25', layer: 'WEEKLY', spans: hours, countedMinutes: 420 }, { date: '2026-11-28', layer: 'WEEKLY', spans: [] }] }),
  'trunkline.workorder.v1.WorkOrderSettings/ListTemplates': () => ({ templates: [{ step: 'CREATE', medium: 'MEDIUM_SMS', text: '您的诉求已受理，工单号 {number}，查询码 {check_code}。' }, { step: 'CLOSE', medium: 'MEDIUM_SMS', typeId: 'complaint', text: '工单 {number} 已办结：{text}' }] }),
}

const article = { articleId: 'art1', categoryId: 'c', title: '公交晚点如何答复', summary: '先道歉，再说明原因，最后告知下一班时间。', body: '# 步骤\n\n- 道歉\n- 说明原因\n- 告知下一班时间\n\n如乘客坚持投诉，请建工单。', tags: ['公交', '晚点'], language: 'zh', uses: '128', helpful: 31, notHelpful: 2, updateTime: seconds(400000), author: '周敏', state: 'IN_REVIEW', version: 3, publishedVersion: 2, relatedIds: ['art2'], related: [{ articleId: 'art2', title: '退票手续费' }],
  attachments: [{ attachmentId: 'f1', name: '答复口径.pdf', mediaType: 'application/pdf', size: '84213' }] }
const bulletins = [{ bulletinId: 'b1', title: '台风预警', body: '今日 18 时起部分线路停运，以公告为准。', urgent: true, author: '陈静', publishTime: seconds(3600), readers: 12 }, { bulletinId: 'b2', title: '系统维护', body: '周六凌晨 2 点维护 10 分钟。', author: '陈静', publishTime: seconds(90000), read: true, readers: 38 }]

export const office = {
  'trunkline.knowledge.v1.Editing/ListArticles': () => ({ articles: [article, { ...article, articleId: 'art2', title: '退票手续费', state: 'PUBLISHED' }] }),
  'trunkline.knowledge.v1.Editing/GetArticle': ({ articleId }) => ({ ...article, articleId, ...(articleId === 'art2' ? { title: '退票手续费' } : {}) }),
  'trunkline.knowledge.v1.Editing/ListVersions': () => ({ versions: [{ version: 3, author: '周敏', time: seconds(400000), title: article.title, note: '补充下一班时间' }, { version: 2, author: '周敏', time: seconds(900000), title: article.title, published: true }] }),
  'trunkline.knowledge.v1.Editing/CompareVersions': () => ({ lines: [{ change: 'SAME', text: '- 道歉' }, { change: 'REMOVED', text: '- 解释' }, { change: 'ADDED', text: '- 说明原因' }, { change: 'ADDED', text: '- 告知下一班时间' }] }),
  'trunkline.knowledge.v1.Knowledge/ListFavourites': () => ({ hits: [{ article }] }),
  'trunkline.knowledge.v1.Knowledge/OpenArticle': () => article,
  'trunkline.knowledge.v1.Office/ListBulletins': ({ withRead }) => ({ bulletins: withRead ? bulletins : bulletins.slice(0, 1) }),
  'trunkline.knowledge.v1.Office/ListReadReceipts': () => ({ receipts: [{ reader: '1001', time: seconds(3000) }] }),
  'trunkline.knowledge.v1.Office/ListTasks': () => ({ tasks: [{ taskId: 't1', owner: '1001', title: '晨会', startTime: seconds(-40000), endTime: seconds(-43600) }, { taskId: 't2', owner: '1001', title: '文章“公交晚点如何答复”没有帮助', text: '没有写夜班车', articleId: 'art1' }] }),
  'trunkline.knowledge.v1.Office/ListMessages': () => ({ messages: [{ messageId: 'm1', sender: '1002', recipients: ['1001'], text: '12 路的投诉我在跟', time: seconds(500) }] }),
}

const person = (customerId, name) => ({ customerId, name, salutation: '先生', tags: [], numbers: [{ numberId: `n${customerId}`, masked: '138****8000' }] })

export const cards = {
  'trunkline.customer.v1.Customers/ListDuplicates': () => ({ duplicates: [{ first: person('c1', '李建国'), second: person('c7', '李建囯'), reason: 'SAME_NUMBER' }] }),
  'trunkline.customer.v1.Memberships/ListAccounts': () => ({ accounts: [{ accountId: 'a1', customerId: 'c1', cardNumber: '88880001', unit: 'POINTS', balance: '1260', state: 'OPEN', expiring: '200', expireTime: seconds(-4000000) }] }),
  'trunkline.customer.v1.Memberships/GetStatement': () => ({ lines: [{ number: '2', time: seconds(90000), kind: 'REDEEM', amount: '-40', balance: '1260', reason: '兑换月票', actor: '1001' }, { number: '1', time: seconds(900000), kind: 'EARN', amount: '1300', balance: '1300', reason: '购票' }] }),
}
