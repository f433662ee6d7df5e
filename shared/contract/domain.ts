import { z } from 'zod'
import type { DeletionFile, DiskError, DomainDetails, DomainSummary } from '../model/domain.ts'
import type { MachineLog } from '../model/log.ts'
import { call, connectionId, objectRef, onConnection, pathText, uuid } from './define.ts'

export const domainRequests = {
  'domain.list': call(onConnection)<readonly DomainSummary[]>(),
  'domain.get': call(objectRef)<DomainDetails>(),
  'domain.start': call(objectRef)<void>(),
  'domain.suspend': call(objectRef)<void>(),
  'domain.resume': call(objectRef)<void>(),
  /** Asks the guest; succeeds whether or not it obeys (the page watches for 30 s). */
  'domain.shutdown': call(objectRef)<void>(),
  'domain.reboot': call(objectRef)<void>(),
  'domain.destroy': call(objectRef)<void>(),
  'domain.reset': call(objectRef)<void>(),
  /** A job: the memory is written to disk. */
  'domain.save': call(objectRef)<{ readonly job: string }>(),
  /** Throws a managed save away; the next start is a fresh one. */
  'domain.discard-save': call(objectRef)<void>(),
  /** The files of a machine and which of them may go with it. */
  'domain.deletion-files': call(objectRef)<readonly DeletionFile[]>(),
  /** Removes the machine, then the chosen files (each must be allowed by domain.deletion-files). Answers what could not be removed. */
  'domain.delete': call(z.strictObject({ connection: connectionId, uuid, files: z.array(pathText).max(1_000) }))<{ readonly removed: readonly string[]; readonly kept: readonly { readonly path: string; readonly reason: string }[] }>(),
  'domain.edit': call(
    z.strictObject({
      connection: connectionId,
      uuid,
      title: z.string().max(1_000).nullable().optional(),
      description: z.string().max(20_000).nullable().optional(),
      autostart: z.boolean().optional(),
    }),
  )<DomainDetails>(),
  /** Puts an ISO into a drive, or empties it (path null); live and for the next start. */
  'domain.change-media': call(z.strictObject({ connection: connectionId, uuid, target: z.string().max(64), path: pathText.nullable() }))<DomainDetails>(),
  /**
   * Takes a network card out: now where the guest lets go of it within some seconds (`gone`), from the next start on in any
   * case. Errors: not-found (no such card), conflict.
   */
  'domain.remove-interface': call(z.strictObject({ connection: connectionId, uuid, mac: z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i) }))<{
    readonly gone: boolean
    readonly details: DomainDetails
  }>(),
  /** Gives the right that a file of the machine lacks, where the file or folder is this person's. Errors: not-found (no file of it), permission-denied (with the command). */
  'domain.open-file': call(z.strictObject({ connection: connectionId, uuid, path: pathText }))<void>(),
  /** A VNC display beside the others, from the next start. Errors: not-persistent, conflict. */
  'domain.add-vnc': call(objectRef)<DomainDetails>(),
  /** Takes VNC away from the next start, where another display stays. */
  'domain.remove-vnc': call(objectRef)<DomainDetails>(),
  /** What QEMU said: its last lines, or all. Errors: log-missing, log-closed (with the command that shows it), unsupported. */
  'domain.log': call(z.strictObject({ connection: connectionId, uuid, whole: z.boolean() }))<MachineLog>(),
  /** Why a machine was paused by its disks. Errors: not-active. */
  'domain.disk-errors': call(objectRef)<readonly DiskError[]>(),
  /** The document as libvirt prints it, without secrets. */
  'domain.xml': call(z.strictObject({ connection: connectionId, uuid, which: z.enum(['live', 'config']) }))<{ readonly xml: string }>(),
  /** A picture of a running machine's screen as base64 PNG. */
  'domain.screenshot': call(objectRef)<{ readonly png: string }>(),
  /** Saves the screen as a PNG into the person's pictures folder (or the file that a native dialog names). */
  'domain.save-screenshot': call(objectRef)<{ readonly path: string | null }>(),
}
