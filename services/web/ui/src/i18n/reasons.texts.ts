// The machine words of our services, as sentences.
import { defineTexts } from './texts'

export const reasons = defineTexts('reasons', {
  LOG_IN_REFUSED: ['用户名、密码或验证码不正确', 'The name, the password or the code is wrong'],
  LOG_IN_DELAYED: ['尝试次数过多，请稍后再试', 'Too many attempts; try again a little later'],
  LOG_IN_BUSY: ['系统繁忙，请稍后再登录', 'The system is busy; try again in a moment'],
  TOTP_REQUIRED: ['请输入动态验证码', 'Enter the code of your code generator'],
  PASSWORD_CHANGE_REQUIRED: ['请先修改密码', 'Change your password first'],
  PASSWORD_TOO_SHORT: ['密码太短', 'The password is too short'],
  PASSWORD_TOO_LONG: ['密码太长', 'The password is too long'],
  PASSWORD_TOO_COMMON: ['密码过于常见', 'The password is too common'],
  PASSWORD_UNCHANGED: ['新密码与原密码相同', 'The new password is the old one'],
  PASSWORD_WRONG: ['原密码不正确', 'The old password is wrong'],
  RIGHT_NOT_HELD: ['不能授予自己没有的权限', 'You cannot give a right that you do not hold yourself'],
  LAST_ADMINISTRATOR: ['不能移除最后一位管理员', 'The last administrator cannot be taken away'],
  USER_CHANGED: ['该用户已被他人修改，请刷新', 'Somebody else changed this user; refresh'],
  ROLE_IN_USE: ['仍有用户持有此角色', 'Somebody still holds this role'],
  UNIT_IN_USE: ['该机构下仍有用户、角色或下级机构', 'Users, roles or other units still hang on this unit'],
  SESSION_ENDED: ['登录已失效，请重新登录', 'Your session has ended; log in again'],
  SUPERSEDED: ['电话已在另一个页面打开', 'Your telephone is open on another page'],
  NO_MEDIA: ['声音尚未接通，请先检查设备', 'There is no audio yet; check your devices first'],
  WRONG_STATE: ['当前状态不允许此操作', 'The present state does not allow this'],
  AGENT_NOT_READY: ['该坐席当前不可用', 'That agent is not available now'],
  STEP_NOT_ALLOWED: ['工单当前状态不允许此操作', 'The order is not in a state that allows this step'],
  ORDER_CHANGED: ['工单已被他人修改，请刷新', 'Somebody else changed this order; refresh'],
})
