/** What parts of the interface need from outside; given once at the start, so that ui/ knows neither store nor host. */
import type { Remedy } from '../../shared/model/error.ts'
import type { FileEntry } from '../../shared/model/media.ts'

export type FilePurpose = 'media' | 'iso' | 'folder' | 'text'

export interface FolderListing {
  readonly path: string
  readonly parent: string | null
  readonly entries: readonly FileEntry[]
}

export interface UiServices {
  /** Runs a request that came as data: a remedy of an error. */
  readonly run: (name: string, input: unknown) => Promise<unknown>
  /** Goes to a place of the app: a remedy of an error. */
  readonly open: (place: NonNullable<Remedy['open']>) => void
  /** Shows an error in the corner (ui/notices.tsx); given here because a notice itself holds buttons that can fail. */
  readonly showError: (thrown: unknown) => void
  readonly writeClipboard: (text: string) => Promise<void>
  /** Whether the desktop's own file dialog is there. */
  readonly nativeDialogs: () => boolean
  readonly pickNative: (purpose: FilePurpose, start: string | null) => Promise<string | null>
  readonly listFolder: (path: string, hidden: boolean) => Promise<FolderListing>
  /** Where a file dialog opens when nobody says where. */
  readonly startFolder: () => string
}

let services: UiServices | null = null

export function provideUiServices(given: UiServices): void {
  services = given
}

export function uiServices(): UiServices {
  if (!services) throw new Error('provideUiServices has not been called')
  return services
}
