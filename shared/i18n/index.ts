/** Every word a person sees, in each language, one file a noun. Keys are `namespace:part.part`; parameters are {{name}}; plurals are i18next's `_one`, `_other`. */
import type { Language } from '../model/settings.ts'
import enCommon from './en/common.json' with { type: 'json' }
import enApp from './en/app.json' with { type: 'json' }
import enConnections from './en/connections.json' with { type: 'json' }
import enMachines from './en/machines.json' with { type: 'json' }
import enMachine from './en/machine.json' with { type: 'json' }
import enCards from './en/cards.json' with { type: 'json' }
import enNewMachine from './en/new-machine.json' with { type: 'json' }
import enFirstStart from './en/first-start.json' with { type: 'json' }
import enFindings from './en/findings.json' with { type: 'json' }
import enCreation from './en/creation.json' with { type: 'json' }
import enImages from './en/images.json' with { type: 'json' }
import enConsole from './en/console.json' with { type: 'json' }
import enNetworks from './en/networks.json' with { type: 'json' }
import enStorage from './en/storage.json' with { type: 'json' }
import enSettings from './en/settings.json' with { type: 'json' }
import enCommands from './en/commands.json' with { type: 'json' }
import enJobs from './en/jobs.json' with { type: 'json' }
import enErrors from './en/errors.json' with { type: 'json' }
import enTrouble from './en/trouble.json' with { type: 'json' }
import enNewNetwork from './en/new-network.json' with { type: 'json' }
import enTerms from './en/terms.json' with { type: 'json' }
import enXml from './en/xml.json' with { type: 'json' }
import enSetup from './en/setup.json' with { type: 'json' }
import esCommon from './es/common.json' with { type: 'json' }
import esApp from './es/app.json' with { type: 'json' }
import esConnections from './es/connections.json' with { type: 'json' }
import esMachines from './es/machines.json' with { type: 'json' }
import esMachine from './es/machine.json' with { type: 'json' }
import esCards from './es/cards.json' with { type: 'json' }
import esNewMachine from './es/new-machine.json' with { type: 'json' }
import esFirstStart from './es/first-start.json' with { type: 'json' }
import esFindings from './es/findings.json' with { type: 'json' }
import esCreation from './es/creation.json' with { type: 'json' }
import esImages from './es/images.json' with { type: 'json' }
import esConsole from './es/console.json' with { type: 'json' }
import esNetworks from './es/networks.json' with { type: 'json' }
import esStorage from './es/storage.json' with { type: 'json' }
import esSettings from './es/settings.json' with { type: 'json' }
import esCommands from './es/commands.json' with { type: 'json' }
import esJobs from './es/jobs.json' with { type: 'json' }
import esErrors from './es/errors.json' with { type: 'json' }
import esTrouble from './es/trouble.json' with { type: 'json' }
import esNewNetwork from './es/new-network.json' with { type: 'json' }
import esTerms from './es/terms.json' with { type: 'json' }
import esXml from './es/xml.json' with { type: 'json' }
import esSetup from './es/setup.json' with { type: 'json' }

const en = {
  common: enCommon,
  app: enApp,
  connections: enConnections,
  machines: enMachines,
  machine: enMachine,
  cards: enCards,
  'new-machine': enNewMachine,
  'first-start': enFirstStart,
  findings: enFindings,
  creation: enCreation,
  images: enImages,
  console: enConsole,
  networks: enNetworks,
  storage: enStorage,
  settings: enSettings,
  commands: enCommands,
  jobs: enJobs,
  errors: enErrors,
  trouble: enTrouble,
  'new-network': enNewNetwork,
  terms: enTerms,
  xml: enXml,
  setup: enSetup,
}
const es = {
  common: esCommon,
  app: esApp,
  connections: esConnections,
  machines: esMachines,
  machine: esMachine,
  cards: esCards,
  'new-machine': esNewMachine,
  'first-start': esFirstStart,
  findings: esFindings,
  creation: esCreation,
  images: esImages,
  console: esConsole,
  networks: esNetworks,
  storage: esStorage,
  settings: esSettings,
  commands: esCommands,
  jobs: esJobs,
  errors: esErrors,
  trouble: esTrouble,
  'new-network': esNewNetwork,
  terms: esTerms,
  xml: esXml,
  setup: esSetup,
}

/** The languages of the interface; English is complete by definition, Spanish by a test. */
export const catalogues = { en, es } as const satisfies Record<Language, Record<string, object>>
export const namespaces = Object.keys(en) as (keyof typeof en)[]
export type Namespace = keyof typeof en

/** How i18next takes them, in the page, in Electron and in the terminal alike. */
export const wordsOptions = {
  resources: catalogues,
  fallbackLng: 'en',
  ns: namespaces,
  defaultNS: 'common',
  // React escapes already, and elsewhere nothing is HTML.
  interpolation: { escapeValue: false },
  initAsync: false,
  returnNull: false,
} as const

/** Picks the language of a list of wishes such as navigator.languages or LANG ("es_ES.UTF-8"); English where none is known. */
export function pickLanguage(wishes: readonly (string | undefined)[]): Language {
  for (const wish of wishes) {
    const code = wish?.slice(0, 2).toLowerCase()
    if (code === 'es' || code === 'en') return code
    if (wish === 'C' || wish === 'POSIX' || wish?.startsWith('C.')) return 'en'
  }
  return 'en'
}
