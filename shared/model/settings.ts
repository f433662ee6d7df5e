/** Preferences of this person. */
import type { CatalogueSettings } from './catalogue.ts'
import type { Acceleration } from './plan.ts'

export type Language = 'en' | 'es'

export interface Settings {
  readonly language: Language | 'system'
  readonly theme: 'light' | 'dark' | 'system'
  /** Connection opened first; null: the session. */
  readonly defaultConnection: string | null
  readonly acceleration: Acceleration
  /** Ask before these. Deleting always asks. */
  readonly confirm: { readonly forceOff: boolean; readonly forceReset: boolean; readonly shutdown: boolean }
  /** Layout of the guest's keyboard for typed text. */
  readonly guestKeyboard: 'es' | 'us'
  /** The XML of machines, networks and pools may be edited. */
  readonly editXml: boolean
  /** The notice "closing leaves machines running" has been shown. */
  readonly closingNoticeShown: boolean
  /** Files that machines were made from, newest first. */
  readonly recentFiles: readonly string[]
  /** Mirrors and own entries of the catalogue. */
  readonly catalogue: CatalogueSettings
}

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  defaultConnection: null,
  acceleration: 'auto',
  confirm: { forceOff: true, forceReset: true, shutdown: false },
  guestKeyboard: 'es',
  editXml: false,
  closingNoticeShown: false,
  recentFiles: [],
  catalogue: { mirrors: [], entries: [] },
}
