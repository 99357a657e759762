// Words of forms.
import { defineTexts } from './texts'

export const formTexts = defineTexts('form', {
  restored: ['已恢复上次未保存的内容。', 'What you typed before and did not save is here again.'],
  locked: ['创建后不可修改', 'Cannot be changed once it exists'],
  listHint: ['每行一个', 'One on each line'],
  secondsShort: ['秒', 's'],
  skill: ['技能', 'Skill'],
  level: ['等级', 'Level'],
  addSkill: ['添加技能', 'Add a skill'],
  removeSkill: ['删除技能 {name}', 'Remove skill {name}'],
})
