// What the stage shows: one hotline on a busy morning.
import { cards, office, orderSettings } from './order_fixtures.mjs'
import { Refusal } from './stage.mjs'

const seconds = (ago) => new Date(Date.now() - ago * 1000).toISOString()
const NAMES = ['张伟', '王芳', '李娜', '刘洋', '陈静', '杨帆', '赵磊', '黄敏', '周涛', '吴霞', '徐强', '孙丽']
const STATES = ['READY', 'TALKING', 'NOT_READY', 'WRAP_UP', 'HELD', 'RESERVED', 'LOGGED_OUT']
const REASONS = { NOT_READY: ['LUNCH', 'NO_ANSWER', 'TRAINING'] }

export function agents(count) {
  return Array.from({ length: count }, (_, index) => {
    const state = STATES[index % STATES.length]
    return {
      agentId: String(1001 + index), name: NAMES[index % NAMES.length] + (index >= NAMES.length ? String(Math.floor(index / NAMES.length) + 1) : ''), phone: String(1001 + index),
      skills: { 投诉: 60 + (index % 4) * 10, 咨询: 50 }, state, stateReason: REASONS[state]?.[index % 3] ?? '', stateTime: seconds(20 + index * 37), phoneRegistered: state !== 'LOGGED_OUT',
      ...(index % 9 === 1 ? { nextState: 'NOT_READY', nextStateReason: 'BREAK' } : {}),
    }
  })
}

export const queues = [
  { queueId: 'complaints', title: '投诉', requiredSkills: { 投诉: 50 }, strategy: 'longest_idle', ringLimit: '20s', wrapUpLimit: '60s', wrapUpExtension: '30s', serviceLevelThreshold: '20s', openingHours: { spans: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:30', to: '17:30' })), statutoryDays: true, closedDates: ['2026-12-31'] }, hours: 'OPEN', waiting: 4, longestWait: '47s', readyAgents: 2, loggedInAgents: 9, recording: 'wish', weight: 5, language: 'zh' },
  { queueId: 'enquiries', title: '咨询', requiredSkills: { 咨询: 30 }, strategy: 'longest_idle', ringLimit: '20s', wrapUpLimit: '30s', serviceLevelThreshold: '20s', waiting: 1, longestWait: '8s', readyAgents: 3, loggedInAgents: 11, recording: 'wish', weight: 1, language: 'zh' },
  { queueId: 'suggestions', title: '建议', requiredSkills: {}, strategy: 'longest_idle', ringLimit: '20s', wrapUpLimit: '30s', serviceLevelThreshold: '30s', waiting: 0, readyAgents: 3, loggedInAgents: 11, recording: 'never', weight: 1, language: 'zh' },
]

const day = {
  date: new Date().toISOString().slice(0, 10),
  queues: [
    { queueId: 'complaints', offered: '182', answered: '160', answeredInThreshold: '121', abandoned: '18', serviceLevel: 0.71, abandonRate: 0.099, connectRate: 0.879, averageSpeedOfAnswer: 21.4, averageHandleTime: 312, averageTalk: 251, averageWrapUp: 47, openSegments: '3' },
    { queueId: 'enquiries', offered: '421', answered: '409', answeredInThreshold: '372', abandoned: '9', serviceLevel: 0.885, abandonRate: 0.021, connectRate: 0.971, averageSpeedOfAnswer: 9.2, averageHandleTime: 188, averageTalk: 160, averageWrapUp: 22, openSegments: '1' },
  ],
  total: { queueId: '', offered: '603', answered: '569', answeredInThreshold: '493', abandoned: '27', serviceLevel: 0.832, abandonRate: 0.045, connectRate: 0.944, averageSpeedOfAnswer: 12.8, averageHandleTime: 223, averageTalk: 186, averageWrapUp: 29, openSegments: '4' },
}

const order = (index, state, due, extra = {}) => ({
  orderId: `order-${index}`, number: `20261124-${String(index).padStart(6, '0')}`, type: 'COMPLAINT', typeId: 'complaint', typeName: '投诉', state, title: ['公交 12 路晚点，站台无人解释', '充值后余额未到账', '司机服务态度', '站牌信息错误'][index % 4],
  description: '乘客称 12 路在市民中心站晚点 40 分钟。\n希望得到说明。', customerNumber: '138****8000', customerName: '李先生', branch: '城东分公司', owner: '城东分公司', createTime: seconds(86400), dueTime: new Date(Date.now() + due * 1000).toISOString(), revision: '3',
  priority: index % 3 === 1 ? 'URGENT' : 'NORMAL', fields: { line: '12 路' },
  log: [{ number: 1, step: 'CREATE', stepName: '受理', actor: '1001 张伟', text: '', time: seconds(86400) }, { number: 2, step: 'DISPATCH', stepName: '派发', actor: '1001 张伟', text: '请尽快核实', time: seconds(86000), detail: '城东分公司' }],
  steps: [{ stepId: 'accept', step: 'ACCEPT', name: '签收' }, { stepId: 'refuse', step: 'REFUSE', name: '拒签', textRequired: true }, { stepId: 'extend', step: 'ASK_EXTENSION', name: '申请延期', textRequired: true, daysRequired: true, blocked: state === 'DISPATCHED' ? '请先签收' : '' }],
  ...extra,
})
const orders = [order(1, 'DISPATCHED', -5400), order(2, 'DISPATCHED', 5200), order(3, 'ACCEPTED', 180000), order(4, 'DISPATCHED', 400000)]

const customer = {
  customerId: 'c1', name: '李建国', salutation: '先生', kind: 'PERSON', vipLevel: 2, managerAgentId: '1003', language: 'zh', tags: ['老年卡', '常投诉'], note: '听力不好，请放慢语速',
  numbers: [{ numberId: 'n1', masked: '138****8000', kind: 'E164', label: '手机', region: '深圳', mobile: true, primary: true }], addresses: [{ label: '家', text: '城东区人民路 12 号' }],
}
const entries = [
  { contactId: 'k1', time: seconds(7200), kind: 'CONTACT', medium: 'VOICE', queueId: '投诉', agentIds: ['1004'], outcome: 'ANSWERED' },
  { contactId: 'k2', time: seconds(90000), kind: 'CONTACT', medium: 'VOICE', queueId: '投诉', agentIds: [], outcome: 'ABANDONED' },
  { time: seconds(200000), kind: 'ORDER', orderId: 'order-1', orderNumber: '20261124-000001', open: true, dueTime: seconds(-8000), text: '公交 12 路晚点' },
]
const exit = (name, zh, en) => ({ name, control: 'EXIT', shown: { zh, en, exit: true } })
const kinds = [
  { kind: 'answer', zh: '接听', en: 'Answer', fields: [exit('next', '下一节点', 'Next')] },
  { kind: 'say', zh: '播报', en: 'Say', fields: [{ name: 'text', control: 'LONG_TEXT', shown: { zh: '播报内容', en: 'Text', required: true } }, { name: 'bargeIn', control: 'SWITCH', shown: { zh: '可按键打断', en: 'A key interrupts' } }, exit('next', '下一节点', 'Next')] },
  { kind: 'menu', zh: '菜单', en: 'Menu', fields: [{ name: 'text', control: 'LONG_TEXT', shown: { zh: '播报内容', en: 'Text', required: true } }, { name: 'keys', control: 'KEY_EXITS', shown: { zh: '按键', en: 'Keys' } }, { name: 'timeout', control: 'SECONDS', shown: { zh: '等待按键', en: 'Waits for a key', least: 1, most: 60 } }, { name: 'tries', control: 'NUMBER', shown: { zh: '次数', en: 'Tries', least: 1, most: 5 } }, exit('failed', '失败后', 'When it failed')] },
  { kind: 'hours', zh: '营业时间', en: 'Hours', fields: [{ name: 'spans', control: 'SPANS', shown: { zh: '每周时段', en: 'Weekly hours' } }, { name: 'closedDates', control: 'LIST', shown: { zh: '休息日', en: 'Days off' } }, exit('open', '营业中', 'Open'), exit('closed', '已下班', 'Closed')] },
  { kind: 'queue', zh: '转队列', en: 'Queue', fields: [{ name: 'queue', control: 'QUEUE', shown: { zh: '队列', en: 'Queue', required: true } }, exit('failed', '失败后', 'When it failed')] },
  { kind: 'hangUp', zh: '挂机', en: 'Hang up', fields: [{ name: 'text', control: 'LONG_TEXT', shown: { zh: '播报内容', en: 'Text' } }] },
]
const flow = {
  name: 'hotline', title: '热线', language: 'zh', entry: 'pick_up',
  nodes: [
    { id: 'pick_up', answer: { next: 'greeting' } }, { id: 'greeting', say: { text: '您好，欢迎致电公交热线。', next: 'hours' } }, { id: 'hours', hours: { spans: [{ weekdays: [1, 2, 3, 4, 5], from: '08:30', to: '17:30' }], open: 'menu', closed: 'bye' } },
    { id: 'menu', menu: { text: '咨询请按一，投诉请按二。', keys: { 1: 'ask', 2: 'complain' }, timeout: '5s', tries: 3, failed: 'bye' } }, { id: 'ask', queue: { queue: 'enquiries', failed: 'bye' } }, { id: 'complain', queue: { queue: 'complaints', failed: 'bye' } }, { id: 'bye', hangUp: { text: '再见。' } },
  ],
}
const versions = [{ name: 'hotline', version: 1, publishTime: seconds(900000), note: '第一版' }, { name: 'hotline', version: 2, current: true, publishTime: seconds(80000), note: '增加投诉' }]
const categories = [{ categoryId: 'a', title: '投诉' }, { categoryId: 'b', parentId: 'a', title: '服务态度' }, { categoryId: 'c', parentId: 'a', title: '线路晚点' }, { categoryId: 'd', title: '咨询' }, { categoryId: 'e', parentId: 'd', title: '票价优惠' }]
const article = { articleId: 'art1', title: '公交晚点如何答复', summary: '先道歉，再说明原因，最后告知下一班时间。', body: '# 步骤\n\n- 道歉\n- 说明原因\n- 告知下一班时间\n\n如乘客坚持投诉，请建工单。', tags: ['公交'], uses: '128', updateTime: seconds(400000) }

export const wav = (() => {
  const count = 8000 * 6
  const buffer = Buffer.alloc(44 + count * 4)
  buffer.write('RIFF', 0); buffer.writeUInt32LE(36 + count * 4, 4); buffer.write('WAVEfmt ', 8); buffer.writeUInt32LE(16, 16); buffer.writeUInt16LE(1, 20); buffer.writeUInt16LE(2, 22)
  buffer.writeUInt32LE(8000, 24); buffer.writeUInt32LE(32000, 28); buffer.writeUInt16LE(4, 32); buffer.writeUInt16LE(16, 34); buffer.write('data', 36); buffer.writeUInt32LE(count * 4, 40)
  for (let index = 0; index < count; index++) {
    const turn = Math.floor(index / 8000) % 2
    buffer.writeInt16LE(turn === 0 ? Math.round(9000 * Math.sin(index / 4) * Math.abs(Math.sin(index / 900))) : 0, 44 + index * 4)
    buffer.writeInt16LE(turn === 1 ? Math.round(12000 * Math.sin(index / 3) * Math.abs(Math.sin(index / 700))) : 0, 46 + index * 4)
  }
  return buffer
})()

export const RIGHTS = ['acd.agents.read', 'acd.agents.write', 'acd.queues.read', 'acd.queues.write', 'acd.contacts.read', 'acd.supervise', 'acd.categories.read', 'acd.categories.write', 'acd.versions.read', 'trunk.versions.read', 'identity.versions.read', 'desk.training', 'desk.phone', 'desk.calls', 'trunk.directory.read', 'trunk.directory.write', 'ivr.flows.read', 'ivr.flows.write', 'ivr.prompts.write',
  'recording.recordings.read', 'recording.recordings.play', 'reporting.figures.read', 'reporting.timelines.read', 'workorder.orders.read', 'workorder.orders.create', 'workorder.orders.step', 'workorder.settings.write', 'workorder.incidents.write', 'customer.customers.erase', 'customer.customers.read', 'customer.customers.write', 'customer.numbers.clear', 'customer.customers.merge', 'customer.customers.import', 'customer.customers.export', 'customer.accounts.read', 'customer.accounts.post',
  'knowledge.articles.read', 'knowledge.articles.write', 'knowledge.articles.review', 'knowledge.articles.send', 'knowledge.categories.write', 'knowledge.bulletins.read', 'knowledge.bulletins.write', 'knowledge.tasks.own', 'identity.units.write', 'identity.users.read', 'identity.users.write', 'identity.roles.read', 'identity.roles.write', 'identity.audit.read', 'identity.sessions.write']


const versionsOf = (service, resource, id) => [
  { number: '3', resource: resource || { acd: 'queue', trunk: 'number', identity: 'role' }[service], id: id || 'complaints', version: 3, json: '{"title":"投诉","ringLimit":"20s","weight":5}', author: 'u2', authorName: '管理员', time: seconds(600) },
  { number: '2', resource: resource || 'queue', id: id || 'complaints', version: 2, json: '{"title":"投诉","ringLimit":"15s","weight":1}', author: 'u2', authorName: '管理员', time: seconds(90000) },
  { number: '1', resource: resource || 'queue', id: id || 'complaints', version: 1, json: '{"title":"投诉建议","ringLimit":"15s"}', author: 'system', time: seconds(900000) },
]

// A LiveEvent in binary: sequence 1, epoch "e1".
const HEARTBEAT = Buffer.from([0x08, 1, 0x12, 2, 0x65, 0x31])

// `contact`: none, ringing, talking or wrapUp; `count`: how many agents.
export function fixtures({ contact = 'none', count = 24, loggedIn = true } = {}) {
  let inside = loggedIn
  const identity = { user: { userId: 'u1', loginName: 'zhang.wei', name: '张伟', agentId: '1001', unitId: 'centre', language: 'zh-CN' }, rights: RIGHTS, session: { sessionId: 's1' } }
  const state = { none: 'READY', ringing: 'RESERVED', talking: 'TALKING', wrapUp: 'WRAP_UP', missed: 'NOT_READY' }[contact]
  const own = { ...agents(1)[0], state, stateReason: contact === 'missed' ? 'NO_ANSWER' : '', stateTime: seconds(12), contactId: contact === 'none' ? '' : 'k9', nextState: contact === 'talking' ? 'NOT_READY' : 'AGENT_STATE_UNSPECIFIED', nextStateReason: contact === 'talking' ? 'LUNCH' : '', ...(contact === 'wrapUp' ? { wrapUpEndTime: seconds(-48) } : {}) }
  const data = { path: '主菜单 > 投诉建议', digits: '2', card: '6222001' }
  const conversation = ['talking', 'ringing'].includes(contact) ? { agentId: '1001', agentState: state, contactId: 'k9', contactState: 'CONNECTED', queueId: 'complaints', number: '13800138000', ownerAgentId: '1001', data, parties: contact === 'talking' ? [{ legId: 'l2', kind: 'CONSULTED', agentId: '1007', up: true, sinceTime: seconds(20) }] : [] } : { agentId: '1001', agentState: state }
  const leg = { legId: 'l1', callId: 'call1', contactId: 'k9', state: contact === 'ringing' ? 'RINGING' : 'UP', callerNumber: '13800138000', data: { 'X-Queue': 'complaints', 'X-Path': data.path }, startTime: seconds(95), ...(contact === 'talking' ? { answerTime: seconds(90) } : {}) }
  let list = agents(count)
  const methods = {
    ...orderSettings,
    ...office,
    ...cards,
    'trunkline.web.v1.Access/WhoAmI': () => {
      if (!inside) throw new Refusal('unauthenticated', 'SESSION_ENDED: log in')
      return identity
    },
    'trunkline.web.v1.Access/LogIn': ({ loginName, password }) => {
      if (password !== 'right') throw new Refusal('unauthenticated', 'LOG_IN_REFUSED: wrong')
      inside = true
      return { ...identity, user: { ...identity.user, loginName } }
    },
    'trunkline.web.v1.Access/LogOut': () => {
      inside = false
    },
    'trunkline.acd.v1.Agents/ListAgents': () => ({ agents: list }),
    'trunkline.acd.v1.Agents/GetAgent': () => own,
    'trunkline.acd.v1.Agents/SetAgentState': ({ state: next, reason }) => Object.assign(own, { state: next, stateReason: reason ?? '', stateTime: seconds(0) }),
    'trunkline.acd.v1.Agents/PutAgent': ({ agent }) => agent,
    'trunkline.acd.v1.Desk/GetConversation': () => conversation,
    'trunkline.acd.v1.Queues/ListQueues': () => ({ queues }),
    'trunkline.acd.v1.Queues/PutQueue': ({ queue }) => {
      if (queue.queueId === 'taken') throw new Refusal('invalid_argument', 'queue_id: is in use by a skill group')
      return queue
    },
    'trunkline.acd.v1.Contacts/ListContacts': () => ({ contacts: [{ contactId: 'k7', queueId: 'complaints', state: 'WAITING', fromNumber: '13911112222', queuedTime: seconds(47), place: 1 }, { contactId: 'k9', queueId: 'complaints', state: 'CONNECTED', fromNumber: '13800138000', queuedTime: seconds(120), answeredTime: seconds(90), agentId: '1001' }] }),
    'trunkline.reporting.v1.Figures/GetDay': () => day,
    'trunkline.reporting.v1.Figures/GetTimeline': () => ({ entries: [{ time: seconds(120), source: 'trunk', type: 'trunkline.trunk.v1.CallStarted', text: '138****8000 called 96166', json: '{"trunk":"demo"}' }, { time: seconds(100), source: 'ivr', type: 'trunkline.ivr.v1.NodeEntered', text: 'menu' }, { time: seconds(90), source: 'acd', type: 'trunkline.acd.v1.ContactQueued', text: 'queued in complaints' }] }),
    'trunkline.recording.v1.Marks/ListMarks': () => ({ marks: [{ recordingId: 'r0', markId: '1', place: '2.5s', text: '承诺回访', author: 'u1', authorName: '孙立' }] }),
    'trunkline.reporting.v1.Shifts/GetShift': () => ({ agentId: '1001', date: '2026-11-24', handled: '23', averageTalk: 201.4, averageHold: 12.1, averageWrapUp: 31.8, contacts: [{ contactId: 'k9', queueId: 'complaints', startTime: seconds(400), talk: 180, hold: 0, wrapUp: 24 }, { contactId: 'k8', queueId: 'enquiries', startTime: seconds(1400), talk: 95, hold: 20 }] }),
    'trunkline.recording.v1.Recordings/ListRecordings': () => ({ recordings: [0, 1, 2].map((index) => ({ recordingId: `r${index}`, contactId: `0193f2a1-contact-${index}`, startTime: seconds(3600 * index + 200), duration: `${180 + index * 77}s`, state: index === 1 ? 'PENDING' : 'STORED', sizeBytes: '5242880', gaps: index === 2 ? 1 : 0 })) }),
    'trunkline.recording.v1.Recordings/GetRecording': () => ({ recordingId: 'r0', contactId: '0193f2a1-contact-0', startTime: seconds(200), duration: '6s', state: 'STORED', gaps: 1 }),
    'trunkline.workorder.v1.WorkOrders/ListOrders': ({ states = [] }) => ({ orders: orders.filter((each) => states.length === 0 || states.includes(each.state)) }),
    'trunkline.workorder.v1.WorkOrders/CountOrders': () => ({ toAccept: 3, inHand: 1, overdue: 1, open: 4 }),
    'trunkline.workorder.v1.WorkOrders/GetOrder': () => orders[0],
    'trunkline.workorder.v1.WorkOrders/TakeStep': ({ orderId }) => ({ ...orders.find((each) => each.orderId === orderId), state: 'ACCEPTED' }),
    'trunkline.workorder.v1.WorkOrders/SuggestDuplicates': () => ({ duplicates: [{ order: orders[1], reasons: ['SAME_CUSTOMER'] }] }),
    'trunkline.workorder.v1.WorkOrders/CheckForm': () => ({}),
    'trunkline.workorder.v1.WorkOrders/CreateOrder': () => orders[0],
    'trunkline.workorder.v1.WorkOrderSettings/ListTypes': () => ({ types: [{ typeId: 'complaint', kind: 'COMPLAINT', name: '投诉', script: '您好，请问是哪条线路？', fields: [{ fieldId: 'line', name: '线路', kind: 'LINE', required: true }, { fieldId: 'cause', name: '原因', kind: 'CAUSE', choices: ['晚点', '态度', '设施'] }, { fieldId: 'time', name: '发生时间', kind: 'DATE_TIME' }] }] }),
    'trunkline.workorder.v1.WorkOrderSettings/ListUnits': () => ({ units: [{ unitId: 'east', name: '城东分公司' }, { unitId: 'west', name: '城西分公司' }] }),
    'trunkline.customer.v1.Customers/GetScreenPop': () => ({ contactId: 'k9', caller: customer.numbers[0], cards: [{ customer, lastContacts: entries.slice(0, 2), openOrders: entries.slice(2), contactsIn24Hours: 3 }], numberContactsIn24Hours: 3 }),
    'trunkline.customer.v1.Customers/SearchCustomers': () => ({ customers: [customer, { ...customer, customerId: 'c2', name: '王小明', vipLevel: 0, tags: [] }] }),
    'trunkline.customer.v1.Customers/ListTimeline': () => ({ entries }),
    'trunkline.customer.v1.Customers/AddNote': () => ({}),
    'trunkline.acd.v1.Dispositions/ListCategories': () => ({ categories }),
    'trunkline.acd.v1.Dispositions/ListNotes': () => ({ notes: [{ contactId: 'k9', agentId: '1001', text: '乘客称 12 路晚点 40 分钟', categoryId: 'c', categoryPath: '投诉 / 线路晚点', disposed: true, saveTime: seconds(60) }] }),
    'trunkline.acd.v1.Dispositions/SaveNotes': (notes) => ({ ...notes, saveTime: seconds(0) }),
    'trunkline.acd.v1.Dispositions/DisposeContact': (notes) => ({ ...notes, disposed: true, saveTime: seconds(0) }),
    'trunkline.training.v1.Training/GetTraining': () => ({ number: '96166' }),
    'trunkline.knowledge.v1.Knowledge/ListCategories': () => ({ categories }),
    'trunkline.knowledge.v1.Knowledge/SuggestArticles': () => ({ hits: [{ article, excerpt: article.summary }] }),
    'trunkline.knowledge.v1.Knowledge/SearchArticles': () => ({ hits: [{ article, excerpt: article.summary }] }),
    'trunkline.ivr.v1.Flows/ListFlows': () => ({ versions }),
    'trunkline.ivr.v1.Flows/DescribeNodes': () => ({ kinds }),
    'trunkline.ivr.v1.Flows/GetFlow': ({ version, name }) => {
      if (name !== 'hotline') throw new Refusal('not_found', 'UNKNOWN_FLOW: there is no such flow')
      return { flow: version === 1 ? { ...flow, nodes: flow.nodes.slice(0, 6) } : flow, version: versions[1] }
    },
    'trunkline.ivr.v1.Flows/CheckFlow': ({ flow: asked }) => ({ faults: asked.nodes?.some((node) => node.say && !node.say.next) ? [{ nodeId: asked.nodes.find((node) => node.say && !node.say.next).id, reason: 'UNKNOWN_EXIT', message: 'next leads nowhere' }] : [] }),
    'trunkline.ivr.v1.Flows/PublishFlow': () => ({ name: 'hotline', version: 3, current: true }),
    'trunkline.ivr.v1.Flows/SimulateFlow': ({ inputs = [] }) => {
      const steps = [{ nodeId: 'pick_up', kind: 'answer', exit: 'next' }, { nodeId: 'greeting', kind: 'say', texts: ['您好，欢迎致电公交热线。'], exit: 'next' }, { nodeId: 'menu', kind: 'menu', texts: ['咨询请按一，投诉请按二。'] }]
      if (inputs.length === 0) return { steps, waitsFor: 'KEYS', mostKeys: 1 }
      return { steps: [...steps.slice(0, 2), { ...steps[2], exit: `key ${inputs[0].keys}` }, { nodeId: 'complain', kind: 'queue' }], end: 'QUEUED' }
    },
    'trunkline.trunk.v1.Directory/ListTrunks': () => ({ trunks: [{ name: 'demo', host: '127.0.0.1', port: 5060, transport: 'udp', status: 'up' }, { name: 'telecom-b', host: '10.0.0.9', port: 5060, transport: 'tcp', status: 'down: no answer to OPTIONS' }] }),
    'trunkline.trunk.v1.Directory/ListTrunkGroups': () => ({ groups: [{ name: 'outbound', members: [{ trunk: 'demo', order: 1, weight: 3 }, { trunk: 'telecom-b', order: 2, weight: 1 }], rules: [{ prefix: '', callsPerMinute: 30 }, { prefix: '00', forbidden: true }] }] }),
    ...Object.fromEntries(['acd', 'trunk', 'identity'].map((service) => [`trunkline.${service}.v1.SettingVersions/ListVersions`, ({ resource = '', id = '' }) => ({ versions: versionsOf(service, resource, id) })])),
    'trunkline.acd.v1.Agents/ListReasons': () => ({ reasons: [{ reason: 'BREAK', title: '小休', agentMaySet: true, supervisorMaySet: true, limit: '900s' }, { reason: 'LUNCH', title: '午餐', agentMaySet: true, limit: '3600s' }, { reason: 'FORCED', title: '班长置忙', supervisorMaySet: true }] }),
    'trunkline.trunk.v1.Directory/ListNumbers': () => ({ numbers: [{ number: '96166', application: 'ivr', data: { flow: 'hotline' } }] }),
    'trunkline.trunk.v1.Directory/ListPhones': () => ({ phones: [{ name: '1001', registrations: [{ contact: 'browser', userAgent: 'browser' }] }, { name: '1002' }] }),
    'trunkline.identity.v1.Units/ListUnits': () => ({ units: [{ unitId: 'centre', title: '热线中心' }, { unitId: 'east', title: '城东分公司', parentId: 'centre' }, { unitId: 'depot', title: '一车队', parentId: 'east' }] }),
    'trunkline.identity.v1.Users/ListUsers': () => ({ users: [{ userId: 'u1', loginName: 'zhang.wei', name: '张伟', agentId: '1001', unitId: 'centre', roles: [{ roleId: 'agent' }], lastLogInTime: seconds(3000), revision: '1' }, { userId: 'u2', loginName: 'admin', name: '管理员', roles: [{ roleId: 'administrator' }], disabled: true }] }),
    'trunkline.identity.v1.Roles/ListRoles': () => ({ roles: [{ roleId: 'agent', title: '坐席', rights: ['desk.*'], expandedRights: ['desk.calls', 'desk.phone'], shipped: true }] }),
    'trunkline.identity.v1.Roles/ListRights': () => ({ rights: [{ right: 'desk.calls' }, { right: 'desk.phone' }, { right: 'acd.agents.read' }] }),
    'trunkline.identity.v1.Audit/ListEntries': () => ({ entries: [{ number: '2', time: seconds(20), actorName: '张伟', action: 'LOGGED_IN', target: 'zhang.wei', detail: '', clientAddress: '127.0.0.1' }] }),
    'trunkline.identity.v1.Account/ListOwnSessions': () => ({ sessions: [{ sessionId: 's1', clientAddress: '127.0.0.1', userAgent: 'Chromium', createTime: seconds(5000), seenTime: seconds(3) }] }),
    'trunkline.trunk.v1.BrowserPhones/Connect': () => {
      throw new Refusal('unavailable', 'no media on this stage')
    },
  }
  const streams = {
    'trunkline.web.v1.Live/Subscribe': (_request, send) => {
      send(HEARTBEAT)
      setInterval(() => send(HEARTBEAT), 2000).unref()
    },
    'trunkline.trunk.v1.BrowserPhones/Watch': (_request, send) => send({ snapshot: { sessionId: 'x', legs: ['ringing', 'talking'].includes(contact) ? [leg] : [], grace: '25s' } }),
    'trunkline.recording.v1.Recordings/DownloadRecording': (_request, send) => {
      send({ chunk: wav.toString('base64') })
      send({}, true)
    },
  }
  return { methods, streams, changeAgents: (change) => (list = change(list)) }
}
