// States of agents, contacts and orders, and why they came to be.
import { defineTexts } from './texts'

export const agentStates = defineTexts('agentStates', {
  LOGGED_OUT: ['离线', 'Logged out'],
  READY: ['空闲', 'Ready'],
  RESERVED: ['振铃', 'Ringing'],
  TALKING: ['通话', 'Talking'],
  HELD: ['保持', 'Hold'],
  WRAP_UP: ['话后处理', 'Wrap-up'],
  NOT_READY: ['置忙', 'Not ready'],
  DIALLING: ['外呼', 'Dialling'],
  CONSULTING: ['咨询', 'Consulting'],
  CONFERENCE: ['会议', 'Conference'],
  AGENT_STATE_UNSPECIFIED: ['未知', 'Unknown'],
})

export const stateReasons = defineTexts('stateReasons', {
  LOGGED_IN: ['已签入', 'Logged in'],
  BREAK: ['小休', 'Break'],
  LUNCH: ['午餐', 'Lunch'],
  TRAINING: ['培训', 'Training'],
  MEETING: ['会议', 'Meeting'],
  CALLBACK: ['回访', 'Call-backs'],
  PAPERWORK: ['案头工作', 'Paperwork'],
  NO_ANSWER: ['系统置忙：未接', 'System: did not answer'],
  REJECTED: ['系统置忙：拒接', 'System: refused the call'],
  BUSY: ['系统置忙：占线', 'System: phone busy'],
  UNREACHABLE: ['系统置忙：话机不可达', 'System: phone unreachable'],
  PHONE_LOST: ['系统置忙：话机掉线', 'System: phone lost'],
  PHONE_UNREACHABLE: ['系统置忙：话机不可达', 'System: phone unreachable'],
  PRESENCE_LOST: ['系统置忙：桌面离线', 'System: the page is away'],
  DIALLED_OUT: ['外呼后', 'After dialling out'],
  FORCED: ['班长置忙', 'Set by the supervisor'],
})

export const contactStates = defineTexts('contactStates', {
  WAITING: ['排队', 'Waiting'],
  OFFERED: ['振铃', 'Offered'],
  CONNECTED: ['通话', 'Connected'],
  TRANSFERRING: ['转接中', 'Transferring'],
  DONE: ['已结束', 'Ended'],
})
