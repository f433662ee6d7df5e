/** Words of what Electron draws itself: menu and dialogs. */
import type { TFunction } from 'i18next'
import type { Language, Settings } from '../../shared/model/settings.ts'
import { systemLanguage } from '../settings/index.ts'

export { wordsIn } from '../host/words.ts'

export type Words = TFunction

/** The language that the settings mean on this system. */
export function languageOf(settings: Pick<Settings, 'language'>, env: Readonly<Record<string, string | undefined>>): Language {
  return settings.language === 'system' ? systemLanguage(env) : settings.language
}
