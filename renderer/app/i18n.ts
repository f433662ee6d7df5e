import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { catalogues, namespaces, pickLanguage } from '../../shared/i18n/index.ts'
import type { Language, Settings } from '../../shared/model/settings.ts'

/** Sets the words up, in the language that the browser wishes until the settings are known. */
export function startWords(): void {
  const language = pickLanguage(navigator.languages)
  void i18next.use(initReactI18next).init({
    resources: catalogues,
    lng: language,
    fallbackLng: 'en',
    ns: namespaces,
    defaultNS: 'common',
    // React escapes already.
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
  })
  document.documentElement.lang = language
}

/** Changes the language at once; "system" is what the host says that the system speaks. */
export function chooseLanguage(setting: Settings['language'], system: Language): void {
  const language = setting === 'system' ? system : setting
  document.documentElement.lang = language
  if (i18next.language !== language) void i18next.changeLanguage(language)
}
