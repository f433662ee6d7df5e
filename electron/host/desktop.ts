/** What a desktop can do for the app; Electron and the browser version do it in different ways. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../shared/model/error.ts'
import { fileFailure } from '../../shared/model/file-failure.ts'
import { openInBrowser, openInFileManager } from '../system/file-manager.ts'

export interface PickOptions {
  readonly purpose: 'media' | 'iso' | 'folder' | 'text'
  /** Folder or file to start at, or null. */
  readonly start: string | null
}

export interface Desktop {
  /** pickFile and saveFile show native dialogs; without them the page shows the app's own file browser. */
  readonly nativeDialogs: boolean
  /** readClipboard and writeClipboard work; else the page uses the browser's. */
  readonly clipboard: boolean
  /** Null when the person cancelled. */
  pickFile(options: PickOptions): Promise<string | null>
  /** Writes the bytes into a file: where the person says (native dialog, null when cancelled), or as suggested. Errors: fileFailure's. */
  saveFile(suggested: string, bytes: Uint8Array): Promise<string | null>
  /** Shows a file in the file manager. */
  openFolder(path: string): Promise<void>
  /** Shows an address in the person's browser. */
  openAddress(address: string): Promise<void>
  readClipboard(): Promise<string>
  writeClipboard(text: string): Promise<void>
}

const unsupported = (what: string): Promise<never> => Promise.reject(new AppError('unsupported', { what }))

/** The browser version's desktop: no dialogs and no clipboard of the host's, files go where they were suggested. */
export function browserDesktop(): Desktop {
  return {
    nativeDialogs: false,
    clipboard: false,
    pickFile: () => unsupported('pick-file'),
    saveFile: async (suggested, bytes) => {
      try {
        await mkdir(dirname(suggested), { recursive: true })
        await writeFile(suggested, bytes, { flag: 'wx', mode: 0o600 })
      } catch (problem) {
        throw fileFailure(problem, suggested)
      }
      return suggested
    },
    openFolder: openInFileManager,
    openAddress: openInBrowser,
    readClipboard: () => unsupported('read-clipboard'),
    writeClipboard: () => unsupported('write-clipboard'),
  }
}
