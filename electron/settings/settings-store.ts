/** Preferences of this person: settings.json in the folder of the app's settings. */
import { join } from 'node:path'
import { z } from 'zod'
import { catalogueSettings } from '../../shared/contract/catalogue.ts'
import { defaultSettings, type Settings } from '../../shared/model/settings.ts'
import { keepInFile, readJsonFile } from './json-file.ts'

/** Most files that "used before" remembers. */
export const RECENT_FILES = 20

/** A key that a newer version wrote is kept; one that is missing takes its default. */
const schema = z.looseObject({
  language: z.enum(['en', 'es', 'system']).default(defaultSettings.language),
  theme: z.enum(['light', 'dark', 'system']).default(defaultSettings.theme),
  defaultConnection: z.string().max(200).nullable().default(defaultSettings.defaultConnection),
  acceleration: z.enum(['auto', 'kvm', 'tcg']).default(defaultSettings.acceleration),
  confirm: z
    .object({ forceOff: z.boolean(), forceReset: z.boolean(), shutdown: z.boolean() })
    .default(defaultSettings.confirm),
  guestKeyboard: z.enum(['es', 'us']).default(defaultSettings.guestKeyboard),
  editXml: z.boolean().default(defaultSettings.editXml),
  closingNoticeShown: z.boolean().default(defaultSettings.closingNoticeShown),
  recentFiles: z.array(z.string().max(4_096)).default([]),
  // a hand that broke this part breaks nothing else
  catalogue: catalogueSettings.catch(defaultSettings.catalogue).default(defaultSettings.catalogue),
})
type Stored = z.infer<typeof schema>

/** What settings.update may change: keys that are undefined stay as they are. */
export type SettingsChange = { readonly [K in Exclude<keyof Settings, 'recentFiles'>]?: Settings[K] | undefined }

export interface SettingsStore {
  readonly path: string
  /** Where a broken file was set aside at the start, else null. */
  readonly setAside: string | null
  get(): Settings
  /** Writes the file before it answers. Errors: disk-full, permission-denied (params.path). */
  update(change: SettingsChange): Promise<Settings>
  /** Puts a file that a machine was made from on top of the list of files used before; left out where that cannot be written. */
  addRecent(path: string): Promise<Settings>
}

const onlyKnown = (stored: Stored): Settings => ({
  language: stored.language,
  theme: stored.theme,
  defaultConnection: stored.defaultConnection,
  acceleration: stored.acceleration,
  confirm: stored.confirm,
  guestKeyboard: stored.guestKeyboard,
  editXml: stored.editXml,
  closingNoticeShown: stored.closingNoticeShown,
  recentFiles: stored.recentFiles.slice(0, RECENT_FILES),
  catalogue: stored.catalogue,
})

/** Reads the preferences; a broken file is set aside and the defaults hold. */
export async function openSettings(folder: string): Promise<SettingsStore> {
  const path = join(folder, 'settings.json')
  const read = await readJsonFile(path, schema)
  const kept = keepInFile(path, schema, read.value ?? schema.parse({}))

  return {
    path,
    setAside: read.setAside,
    get: () => onlyKnown(kept.get()),
    update: async (wanted) => {
      const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
      return onlyKnown(await kept.change((stored) => ({ ...stored, ...given })))
    },
    addRecent: async (file) => {
      const others = (stored: Stored): string[] => stored.recentFiles.filter((other) => other !== file)
      const added = (stored: Stored): Stored => ({ ...stored, recentFiles: [file, ...others(stored)].slice(0, RECENT_FILES) })
      return onlyKnown(await kept.change(added).catch(kept.get))
    },
  }
}
