import { z } from 'zod'
import type { CardChoices, CardOutcome, PortForwards } from '../model/card.ts'
import type { DeletionFile, DiskError, DomainDetails, DomainSummary } from '../model/domain.ts'
import type { EditLimits } from '../model/machine-edit.ts'
import type { MachineLog } from '../model/log.ts'
import type { PendingOutcome } from '../model/pending.ts'
import type { SavedXml } from '../model/xml-edit.ts'
import { cardChange, cardModel, cardMoment, cardSource, forwards, macAddress } from './card.ts'
import { call, connectionId, editedXml, objectRef, onConnection, pathText, uuid } from './define.ts'

const pendingFields = z.strictObject({ connection: connectionId, uuid, fields: z.array(z.string().min(1).max(300)).min(1).max(200) })

/** KiB; what a machine may have is told by domain.edit-limits. */
const size = z.number().int().min(1).max(2 ** 50)
const cpus = z.number().int().min(1).max(10_000)
const bootEntry = z.strictObject({ kind: z.enum(['disk', 'cdrom', 'network', 'fd', 'other']), target: z.string().max(64).nullable() })

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
  /**
   * Changes what is named: all of it, or nothing where something cannot be kept; what only the running machine refuses waits
   * for its next start (`failures`). Errors: invalid-input (params.finding), conflict, name-taken, rename-running,
   * rename-saved, not-persistent.
   */
  'domain.edit': call(
    z.strictObject({
      connection: connectionId,
      uuid,
      title: z.string().max(1_000).nullable().optional(),
      description: z.string().max(20_000).nullable().optional(),
      autostart: z.boolean().optional(),
      name: z.string().min(1).max(1_000).optional(),
      memory: z.strictObject({ kib: size, maxKib: size }).optional(),
      vcpus: z.strictObject({ count: cpus, max: cpus }).optional(),
      boot: z.strictObject({ by: z.enum(['kinds', 'devices']), entries: z.array(bootEntry).max(1_000) }).optional(),
    }),
  )<PendingOutcome<DomainDetails>>(),
  /** What the host of a machine has for it now. */
  'domain.edit-limits': call(objectRef)<EditLimits>(),
  /** Gives the running machine what its next start has, where libvirt can. Errors, field by field: what libvirt says, unsupported, not-found (no such change). */
  'domain.apply-pending': call(pendingFields)<PendingOutcome<DomainDetails>>(),
  /** Gives the next start what runs now, in one change of the stored document. Errors: conflict, not-active, and field by field unsupported, not-found. */
  'domain.discard-pending': call(pendingFields)<PendingOutcome<DomainDetails>>(),
  /** Puts an ISO into a drive, or empties it (path null); live and for the next start. */
  'domain.change-media': call(z.strictObject({ connection: connectionId, uuid, target: z.string().max(64), path: pathText.nullable() }))<DomainDetails>(),
  /**
   * Takes a network card out: now where the guest lets go of it within some seconds (`gone`), from the next start on in any
   * case. Errors: not-found (no such card), conflict.
   */
  'domain.remove-interface': call(z.strictObject({ connection: connectionId, uuid, mac: macAddress }))<{
    readonly gone: boolean
    readonly details: DomainDetails
  }>(),
  /** What the machine's QEMU can have as a network card. */
  'domain.card-choices': call(objectRef)<CardChoices>(),
  /**
   * Puts a network card in, now and for the next start; a network that is off is started. Without a MAC it gets a free
   * one. Errors: invalid-input (params.finding), network-missing, and libvirt's of the source.
   */
  'domain.add-interface': call(z.strictObject({ connection: connectionId, uuid, source: cardSource, model: cardModel, mac: macAddress.nullable() }))<CardOutcome>(),
  /**
   * Changes a network card; what is not named stays, its MAC too. Errors: not-found (no such card), invalid-input
   * (params.finding), unsupported (it cannot change now: replug, or at the next start), conflict.
   */
  'domain.change-interface': call(z.strictObject({ connection: connectionId, uuid, mac: macAddress, change: cardChange, when: cardMoment }))<CardOutcome>(),
  /** The ports of the host that lead to this machine, by its cards of user mode. */
  'domain.port-forwards': call(objectRef)<readonly PortForwards[]>(),
  /**
   * The forwards that a card shall have, all of them: now where the machine runs, and kept for each start that this app
   * sees. Errors: not-found (no such card), invalid-input (params.finding), port-in-use (params.port, by).
   */
  'domain.set-port-forwards': call(z.strictObject({ connection: connectionId, uuid, mac: macAddress, forwards }))<readonly PortForwards[]>(),
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
  /** Stores its document for the next start, as a person has edited it. Errors: not-found, not-persistent, conflict, xml-invalid (params.line), xml-uuid, xml-name, xml-secret. */
  'domain.define-xml': call(editedXml.extend({ dropPasswords: z.boolean().optional() }))<SavedXml>(),
  'domain.screenshot': call(objectRef)<{ readonly png: string }>(),
  /** Saves the screen as a PNG into the person's pictures folder (or the file that a native dialog names). */
  'domain.save-screenshot': call(objectRef)<{ readonly path: string | null }>(),
}
