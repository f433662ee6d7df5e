import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { pickLanguage, wordsOptions } from '../../shared/i18n/index.ts'
import type { Language, Settings } from '../../shared/model/settings.ts'

/** Sets the words up, in the language that the browser wishes until the settings are known. */
export function startWords(): void {
  const language = pickLanguage(navigator.languages)
  void i18next.use(initReactI18next).init({ ...wordsOptions, lng: language })
  document.documentElement.lang = language
}

/** Changes the language at once; "system" is what the host says that the system speaks. */
export function chooseLanguage(setting: Settings['language'], system: Language): void {
  const language = setting === 'system' ? system : setting
  document.documentElement.lang = language
  if (i18next.language !== language) void i18next.changeLanguage(language)
}
