import { z } from 'zod'
import type { LoggedCommand } from '../model/command.ts'
import type { Job } from '../model/job.ts'
import type { FileEntry } from '../model/media.ts'
import type { Language, Settings } from '../model/settings.ts'
import { catalogueSettings } from './catalogue.ts'
import { call, connectionId, nothing, pathText, uuid } from './define.ts'

/** What this host can do for the page; the page never sniffs for Electron. */
export interface AppInfo {
  readonly version: string
  /** Language that "system" means here. */
  readonly systemLanguage: Language
  /** Native file dialogs; without them the page shows the app's own file browser. */
  readonly nativeDialogs: boolean
  /** The host reads and writes the clipboard (Electron); else the page does. */
  readonly hostClipboard: boolean
  readonly home: string
  readonly folders: { readonly downloads: string; readonly pictures: string }
  readonly user: string
  readonly runsAsRoot: boolean
  readonly settingsPath: string
  /** Where a broken settings file was set aside, else null. */
  readonly settingsSetAside: string | null
  /** Value of LIBVIRT_DEFAULT_URI, or null. */
  readonly defaultUri: string | null
}

export const appRequests = {
  'app.info': call(nothing)<AppInfo>(),
  /** What is on screen, so that nothing else is read again; sent on every change of route, focus and visibility. */
  'app.view': call(
    z.strictObject({
      visible: z.boolean(),
      connection: connectionId.nullable(),
      /** Which page, e.g. machines, machine, networks, storage, settings. */
      page: z.string().max(64),
      uuid: uuid.nullable(),
    }),
  )<void>(),
  'settings.get': call(nothing)<Settings>(),
  'settings.update': call(
    z.strictObject({
      language: z.enum(['en', 'es', 'system']).optional(),
      theme: z.enum(['light', 'dark', 'system']).optional(),
      defaultConnection: connectionId.nullable().optional(),
      acceleration: z.enum(['auto', 'kvm', 'tcg']).optional(),
      confirm: z.strictObject({ forceOff: z.boolean(), forceReset: z.boolean(), shutdown: z.boolean() }).optional(),
      guestKeyboard: z.enum(['es', 'us']).optional(),
      editXml: z.boolean().optional(),
      closingNoticeShown: z.boolean().optional(),
      catalogue: catalogueSettings.optional(),
    }),
  )<Settings>(),
  'job.list': call(nothing)<readonly Job[]>(),
  'job.cancel': call(z.strictObject({ job: z.string().max(100) }))<void>(),
  /** Lets a job stand still. Errors: not-found, unsupported. */
  'job.pause': call(z.strictObject({ job: z.string().max(100) }))<void>(),
  'job.resume': call(z.strictObject({ job: z.string().max(100) }))<void>(),
  /** Takes back what a creation left that an app's death broke off. Errors: not-found, connection-gone where its connection is not open. */
  'job.take-back': call(z.strictObject({ job: z.string().max(100) }))<void>(),
  'job.dismiss': call(z.strictObject({ job: z.string().max(100) }))<void>(),
  'command.list': call(nothing)<readonly LoggedCommand[]>(),
  'command.clear': call(nothing)<void>(),
  /** Entries of a folder for the app's own file browser, folders first. `~` is expanded. */
  'file.list': call(z.strictObject({ path: pathText, hidden: z.boolean() }))<{ readonly path: string; readonly parent: string | null; readonly entries: readonly FileEntry[] }>(),
  /** Native dialog; path null when the person cancelled. Error unsupported where nativeDialogs is false. */
  'desktop.pick-file': call(z.strictObject({ purpose: z.enum(['media', 'iso', 'folder', 'text']), start: pathText.nullable() }))<{ readonly path: string | null }>(),
  /** Shows a file in the desktop's file manager. */
  'desktop.open-folder': call(z.strictObject({ path: pathText }))<void>(),
  /** Shows an address (http, https) in the person's browser. Errors: address-invalid, unsupported. */
  'desktop.open-address': call(z.strictObject({ address: z.string().max(4_000) }))<void>(),
  'desktop.read-clipboard': call(nothing)<{ readonly text: string }>(),
  'desktop.write-clipboard': call(z.strictObject({ text: z.string().max(1_000_000) }))<void>(),
  /** The page's answer to the event app.closing: "wait" keeps the app open, "stop" cancels work cleanly and closes. */
  'app.close': call(z.strictObject({ choice: z.enum(['wait', 'stop', 'close']) }))<void>(),
}
