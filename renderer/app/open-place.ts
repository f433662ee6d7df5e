import type { Remedy } from '../../shared/model/error.ts'
import { openDialog } from '../stores/app-store.ts'
import { go, paths } from './paths.ts'

/** Goes to the place of the app that a remedy names. */
export function openPlace(place: NonNullable<Remedy['open']>): void {
  switch (place.what) {
    case 'machine':
      return go(paths.machine(place.connection, place.uuid))
    case 'machine-log':
      return openDialog({ kind: 'machine-log', connection: place.connection, uuid: place.uuid })
    case 'connection':
      return go(paths.machines(place.connection))
  }
}
