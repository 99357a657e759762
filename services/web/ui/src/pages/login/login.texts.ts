// Words of the log-in page.
import { defineTexts } from '@/i18n/texts'

export const loginTexts = defineTexts('login', {
  title: ['登录', 'Log in'],
  product: ['公共服务热线平台', 'Public-service hotline'],
  name: ['用户名', 'Login name'],
  password: ['密码', 'Password'],
  code: ['动态验证码', 'Code of your code generator'],
  codeHint: ['六位数字', 'Six digits'],
  submit: ['登录', 'Log in'],
  empty: ['请填写此项', 'Fill this in'],
  expired: ['登录已失效。重新登录后可继续，已输入的内容仍在。', 'Your log-in has ended. Log in again to go on; what you typed is still there.'],
  unreachable: ['连接不上服务器，正在重试…', 'The server cannot be reached; trying again…'],
  change: ['请设置新密码', 'Choose a new password'],
  changeHint: ['首次登录或密码重置后须修改密码。', 'The password you were given holds for one log-in.'],
  old: ['原密码', 'Present password'],
  fresh: ['新密码', 'New password'],
  again: ['再次输入新密码', 'New password again'],
  different: ['两次输入不一致', 'The two are not the same'],
  set: ['保存新密码', 'Set the new password'],
  totp: ['请启用动态验证码', 'Set up a code generator'],
  totpHint: ['在手机验证器中输入此密钥，然后填写六位验证码。', 'Type this secret into the code generator on your telephone, then give its six digits.'],
  secret: ['密钥', 'Secret'],
  leave: ['退出登录', 'Log out'],
})
