// Words of the knowledge base.
import { defineTexts } from '@/i18n/texts'

export const knowledgeTexts = defineTexts('knowledge', {
  title: ['知识库', 'Knowledge'],
  text: ['搜索：中文、拼音或英文', 'Search in Chinese, pinyin or English'],
  none: ['没有找到文章', 'No article found'],
  noneHint: ['换个说法，或用拼音首字母。', 'Say it another way, or use the first letters of the pinyin.'],
  helpful: ['有用', 'Helpful'],
  notHelpful: ['没用', 'Not helpful'],
  thanks: ['已记录', 'Noted'],
  uses: ['使用 {count} 次', 'Used {count} times'],
  choose: ['选择一篇文章阅读', 'Choose an article to read'],
  bulletins: ['公告', 'Notices'],
  confirm: ['已阅', 'Read'],
  urgent: ['紧急', 'Urgent'],
})
