// The first letters of the pinyin of a Chinese text, so that "tsjy" finds 投诉建议. The browser's own pinyin order tells the
// letter: a character stands at or after the first character of its letter.
const LETTERS = 'abcdefghjklmnopqrstwxyz'
const FIRST = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀'
const order = new Intl.Collator('zh-CN-u-co-pinyin')

function letter(character: string): string {
  if (!/[\u4e00-\u9fff]/.test(character)) return character.toLowerCase()
  let found = ''
  for (let at = 0; at < FIRST.length; at++) {
    if (order.compare(FIRST[at] as string, character) > 0) break
    found = LETTERS[at] as string
  }
  return found
}

export function initials(text: string): string {
  return [...text].map(letter).join('').replace(/\s+/g, '')
}
