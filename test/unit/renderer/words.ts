import i18next, { type TFunction } from 'i18next'
import { wordsOptions } from '../../../shared/i18n/index.ts'
import type { Language } from '../../../shared/model/settings.ts'

/** The words of a language, as the page sets them up. */
export async function speak(language: Language): Promise<TFunction> {
  return i18next.init({ ...wordsOptions, lng: language })
}
