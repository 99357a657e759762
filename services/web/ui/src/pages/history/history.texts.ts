// Words of contacts and their history.
import { defineTexts } from '@/i18n/texts'

export const historyTexts = defineTexts('history', {
  title: ['联系记录', 'History'],
  contact: ['联系编号', 'Contact id'],
  contactHint: ['从来电弹屏、工单或录音中复制', 'Copy it from the screen pop, an order or a recording'],
  recent: ['最近处理', 'Lately here'],
  noRecent: ['本页尚未处理联系', 'No contacts on this page yet'],
  noRecentHint: ['处理来电后会在这里列出。', 'Contacts you handle are listed here.'],
  none: ['没有找到这个联系', 'There is no such contact'],
  details: ['明细', 'Details'],
  time: ['时间', 'Time'],
})

// What an event means, by the full name of its message.
export const eventTexts = defineTexts('events', {
  'trunkline.trunk.v1.CallStarted': ['来电', 'Call began'],
  'trunkline.trunk.v1.CallAnswered': ['接入', 'Call answered by the suite'],
  'trunkline.trunk.v1.CallHandedOver': ['移交', 'Handed over'],
  'trunkline.trunk.v1.LegStarted': ['呼叫一方', 'A party is rung'],
  'trunkline.trunk.v1.LegAnswered': ['一方应答', 'A party answered'],
  'trunkline.trunk.v1.LegHeld': ['保持', 'On hold'],
  'trunkline.trunk.v1.LegResumed': ['取回', 'Taken back'],
  'trunkline.trunk.v1.LegsBridged': ['双方通话', 'Parties connected'],
  'trunkline.trunk.v1.LegEnded': ['一方挂断', 'A party hung up'],
  'trunkline.trunk.v1.CallEnded': ['通话结束', 'Call ended'],
  'trunkline.trunk.v1.RecordingStarted': ['开始录音', 'Recording began'],
  'trunkline.trunk.v1.RecordingFinished': ['录音结束', 'Recording ended'],
  'trunkline.ivr.v1.FlowStarted': ['进入语音流程', 'IVR flow began'],
  'trunkline.ivr.v1.NodeEntered': ['进入节点', 'IVR node'],
  'trunkline.ivr.v1.NodeLeft': ['按键或离开节点', 'Key pressed'],
  'trunkline.ivr.v1.FlowEnded': ['离开语音流程', 'IVR flow ended'],
  'trunkline.acd.v1.ContactQueued': ['进入队列', 'Queued'],
  'trunkline.acd.v1.ContactOffered': ['分配坐席', 'Offered to an agent'],
  'trunkline.acd.v1.OfferEnded': ['分配未成', 'Offer not taken'],
  'trunkline.acd.v1.ContactDequeued': ['离开队列', 'Left the queue'],
  'trunkline.acd.v1.ContactTransferred': ['转接', 'Transferred'],
  'trunkline.acd.v1.AgentSegmentEnded': ['坐席服务结束', 'Agent’s part ended'],
  'trunkline.acd.v1.WrapUpEnded': ['话后处理结束', 'Wrap-up ended'],
  'trunkline.recording.v1.RecordingStored': ['录音入库', 'Recording stored'],
  'trunkline.workorder.v1.OrderCreated': ['创建工单', 'Work order made'],
  'trunkline.workorder.v1.OrderStepTaken': ['工单办理', 'Work order step'],
  'trunkline.workorder.v1.OrderClosed': ['工单办结', 'Work order closed'],
})
