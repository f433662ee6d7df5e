import { z } from 'zod'
import type { MediaFile, MediaInspection, SystemEntry } from '../model/media.ts'
import type { MachinePlan, PlanFinding, PlanProposal } from '../model/plan.ts'
import type { SshKey } from '../model/first-start.ts'
import { call, connectionId, nothing, onConnection, pathText, shortText } from './define.ts'
import { firstStartSchema } from './first-start.ts'

const planSchema = z.strictObject({
  connection: connectionId,
  mediaPath: pathText,
  mediaKind: z.enum(['iso', 'disk']),
  osId: shortText.nullable(),
  title: shortText,
  name: shortText,
  memoryKiB: z.int().min(0).max(2 ** 42),
  vcpus: z.int().min(0).max(100_000),
  diskBytes: z.int().min(0).nullable(),
  imageUse: z.enum(['in-place', 'copy', 'overlay']).nullable(),
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('pool'), pool: shortText }),
    z.strictObject({ kind: z.literal('folder'), path: pathText }),
  ]),
  createDefaultPool: z.boolean(),
  network: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('user') }),
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.enum(['network', 'bridge', 'direct']), name: shortText }),
  ]),
  acceleration: z.enum(['auto', 'kvm', 'tcg']),
  firmware: z.enum(['bios', 'uefi']),
  openConsole: z.boolean(),
  firstStart: firstStartSchema.nullable(),
}) satisfies z.ZodType<MachinePlan>

export const creationRequests = {
  /** Images and ISOs in the connection's pools, the download folder and used before, newest first. */
  'media.list': call(onConnection)<readonly MediaFile[]>(),
  /** Looks into a file. Errors: file-missing, file-unreadable, file-wrong-kind. */
  'media.inspect': call(z.strictObject({ connection: connectionId, path: pathText }))<MediaInspection>(),
  /** Systems of osinfo-db whose name matches every word, newest first; at most `limit`. */
  'system.search': call(z.strictObject({ query: z.string().max(200), limit: z.int().min(1).max(1_000) }))<readonly SystemEntry[]>(),
  /** A plan with everything filled in; osId overrides what was recognised (null: unknown system, undefined: recognise). */
  'creation.propose': call(z.strictObject({ connection: connectionId, path: pathText, osId: shortText.nullable().optional() }))<PlanProposal>(),
  /** Findings for a plan as it is edited. */
  'creation.check': call(planSchema)<readonly PlanFinding[]>(),
  /** The lines that Create would run. */
  'creation.preview': call(planSchema)<readonly string[]>(),
  /** The public keys in ~/.ssh, by name. */
  'ssh-key.list': call(nothing)<readonly SshKey[]>(),
  /** The text of a document for the first start. Errors: file-missing, file-unreadable, file-wrong-kind, too-large. */
  'first-start.read': call(z.strictObject({ path: pathText }))<{ readonly text: string }>(),
  /** Starts the job that makes the machine; its result carries `uuid`. */
  'creation.start': call(planSchema)<{ readonly job: string }>(),
}
