// Language, theme and size of letters; before and after the log-in.
import { common } from '@/i18n/common.texts'
import { usePreferences, type Theme } from '@/i18n/preferences'
import { useTexts } from '@/i18n/texts'

export function LanguageAndTheme() {
  const t = useTexts(common)
  const { locale, theme, scale, set } = usePreferences()
  return (
    <div className="choices">
      <label>
        <span>{t('language')}</span>
        <select value={locale} onChange={(event) => set({ locale: event.target.value === 'zh' ? 'zh' : 'en' })}>
          <option value="zh" lang="zh-CN">简体中文</option>
          <option value="en" lang="en">English</option>
        </select>
      </label>
      <label>
        <span>{t('theme')}</span>
        <select value={theme} onChange={(event) => set({ theme: event.target.value as Theme })}>
          <option value="system">{t('system')}</option>
          <option value="light">{t('light')}</option>
          <option value="dark">{t('dark')}</option>
        </select>
      </label>
      <label>
        <span>{t('textSize')}</span>
        <select value={scale} onChange={(event) => set({ scale: Number(event.target.value) })}>
          {[100, 110, 125, 150].map((value) => <option key={value} value={value}>{value} %</option>)}
        </select>
      </label>
    </div>
  )
}
