/** Words for what the page does not draw: Electron's menu and dialogs, and what the host prints. */
import { createInstance, type TFunction } from 'i18next'
import { wordsOptions } from '../../shared/i18n/index.ts'
import type { Language } from '../../shared/model/settings.ts'

/** The words of a language: `wordsIn('es')('app:menu.file')`. */
export function wordsIn(language: Language): TFunction {
  const words = createInstance({ ...wordsOptions, lng: language })
  void words.init()
  return words.t
}
