// Words of one's own account.
import { defineTexts } from '@/i18n/texts'

export const accountTexts = defineTexts('account', {
  title: ['账号与设置', 'Account and settings'],
  appearance: ['显示', 'Appearance'],
  password: ['修改密码', 'Change the password'],
  passwordHint: ['修改后其他设备上的登录会失效。', 'Every other log-in of yours ends.'],
  changed: ['密码已修改', 'The password was changed'],
  totp: ['动态验证码', 'Code generator'],
  totpOn: ['已启用', 'In use'],
  totpOff: ['未启用', 'Not in use'],
  setUp: ['启用', 'Set up'],
  sessions: ['登录的设备', 'Where you are logged in'],
  endOthers: ['让其他设备退出', 'End all others'],
  address: ['来源', 'From'],
  agent: ['浏览器', 'Browser'],
  since: ['登录时间', 'Since'],
  seen: ['最近使用', 'Last used'],
  keys: ['按键', 'Keys'],
  keysHint: ['与 Alt 一起按。点击后按下新的字母或数字。', 'Pressed together with Alt. Click one, then press a new letter or digit.'],
  keysReset: ['恢复默认', 'The usual ones'],
  keysUsual: ['已是默认', 'They are the usual ones'],
  keyPress: ['请按键…', 'Press a key…'],
  keyBad: ['只能用字母或数字', 'Letters and digits only'],
  keyTaken: ['{key} 已用于“{action}”', '{key} is “{action}” already'],
  shortcuts: ['启用 Alt 快捷键', 'Alt shortcuts'],
})
