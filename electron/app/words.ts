/** Words of what Electron draws itself: menu and dialogs. */
import { createInstance, type TFunction } from 'i18next'
import { catalogues } from '../../shared/i18n/index.ts'
import type { Language, Settings } from '../../shared/model/settings.ts'
import { systemLanguage } from '../settings/index.ts'

export type Words = TFunction

/** The language that the settings mean on this system. */
export function languageOf(settings: Pick<Settings, 'language'>, env: Readonly<Record<string, string | undefined>>): Language {
  return settings.language === 'system' ? systemLanguage(env) : settings.language
}

/** The words of a language: `words('app:menu.file')`. */
export function wordsIn(language: Language): Words {
  const words = createInstance({
    lng: language,
    fallbackLng: 'en',
    resources: catalogues,
    ns: Object.keys(catalogues.en),
    defaultNS: 'common',
    interpolation: { escapeValue: false }, // nothing here is HTML
    initAsync: false,
  })
  void words.init()
  return words.t
}
