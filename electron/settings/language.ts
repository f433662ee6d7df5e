import { pickLanguage } from '../../shared/i18n/index.ts'
import type { Language } from '../../shared/model/settings.ts'

/** The language of this person's system: the first of LC_ALL, LC_MESSAGES and LANG that is set, as in locale(7). */
export function systemLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  return pickLanguage([[env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '')])
}
