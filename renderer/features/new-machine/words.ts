import type { MediaFile } from '../../../shared/model/media.ts'
import { fileName } from './sources.ts'

/** What a medium is called: the system on it, else its file. */
export function mediaTitle(media: Pick<MediaFile, 'system' | 'path'>): string {
  return media.system?.name ?? fileName(media.path)
}
