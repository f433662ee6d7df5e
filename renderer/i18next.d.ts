import 'i18next'
import type { catalogues, Namespace } from '../shared/i18n/index.ts'

/** Keys are checked: `t('machines:action.start')` with a key that English lacks does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: [
      'common',
      ...Exclude<Namespace, 'common'>[],
    ]
    resources: (typeof catalogues)['en']
    returnNull: false
  }
}
