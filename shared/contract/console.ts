import { z } from 'zod'
import type { ViewerOffer } from '../model/viewer.ts'
import { call, connectionId, objectRef, uuid } from './define.ts'

export const consoleRequests = {
  /**
   * A one-time address of the display relay: `ws://127.0.0.1:PORT/console/TICKET`, binary frames of the VNC protocol, valid for 30 s.
   * Errors: not-active, no-display (params.types = what there is instead).
   */
  'console.display': call(objectRef)<{ readonly url: string; readonly password: string | null }>(),
  /**
   * The same for the serial port: binary frames of what the port says and of keys typed.
   * Close codes: 1000 the machine ended, 4000 the port was taken over by another console, 4001 the daemon went away.
   * Errors: not-active, no-serial.
   */
  'console.serial': call(z.strictObject({ connection: connectionId, uuid, port: z.int().min(0).max(3) }))<{ readonly url: string }>(),
  /** What can open the display of a running machine in a window of its own. Errors: not-found, not-active. */
  'console.viewer': call(objectRef)<ViewerOffer>(),
  /** Opens it. Errors: not-active, program-missing (params.program), viewer-failed. */
  'console.open-viewer': call(objectRef)<void>(),
  /** Key combination by libvirt's names (`KEY_LEFTCTRL`…) through `virsh send-key`. */
  'console.send-keys': call(z.strictObject({ connection: connectionId, uuid, keys: z.array(z.string().regex(/^KEY_[A-Z0-9_]+$/)).min(1).max(8) }))<void>(),
}
