import { join } from 'node:path'
import { deleteMachine, deletionFiles } from '../../create/delete.ts'
import {
  domainAddVnc,
  domainChangeMedia,
  domainDefineXml,
  domainDestroy,
  domainDiscardSave,
  domainDiskErrors,
  domainGet,
  domainLog,
  domainReboot,
  domainRemoveVnc,
  domainReset,
  domainResume,
  domainSave,
  domainScreenshot,
  domainShutdown,
  domainStart,
  domainSuspend,
  domainWakeUp,
  domainXml,
} from '../../libvirt/domain/index.ts'
import type { Target } from '../../libvirt/target.ts'
import { expandPath, userFolder } from '../../system/paths.ts'
import type { HandlerContext, HandlersOf } from '../context.ts'
import { act, type Ref } from './act.ts'
import { openFile } from '../failures/closed-file.ts'
import { startFailure } from '../failures/start.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'

type Simple = (target: Target, uuid: string) => Promise<void>
const verb = (action: Simple) => (ref: Ref, context: HandlerContext) => act(ref, context, (target) => action(target, ref.uuid))

/** A change whose answer is the machine as it is after it. */
const changed = (action: Simple) => (ref: Ref, context: HandlerContext) =>
  act(ref, context, async (target) => {
    await action(target, ref.uuid)
    return domainGet(target, ref.uuid)
  })

async function nameOf({ connection, uuid }: Ref, context: HandlerContext): Promise<string> {
  const inventory = await context.connections.inventory(connection)
  const domain = await inventory.readDomain(uuid)
  return domain ? displayName(domain) : uuid
}

type Names =
  | 'domain.list' | 'domain.get' | 'domain.start' | 'domain.suspend' | 'domain.resume' | 'domain.shutdown' | 'domain.reboot'
  | 'domain.destroy' | 'domain.reset' | 'domain.save' | 'domain.discard-save' | 'domain.deletion-files' | 'domain.delete'
  | 'domain.change-media' | 'domain.open-file' | 'domain.add-vnc' | 'domain.remove-vnc' | 'domain.log' | 'domain.disk-errors' | 'domain.xml' | 'domain.define-xml'
  | 'domain.screenshot' | 'domain.save-screenshot'

export const domainHandlers: HandlersOf<Names> = {
  'domain.list': async ({ connection }, context) => (await context.connections.inventory(connection)).readDomains(),
  'domain.get': async ({ connection, uuid }, context) => domainGet(await context.connections.target(connection), uuid),
  'domain.start': (ref, context) =>
    act(ref, context, async (target) => {
      try {
        await domainStart(target, ref.uuid)
      } catch (problem) {
        throw await startFailure(target, ref.uuid, problem)
      }
    }),
  'domain.suspend': verb(domainSuspend),
  /** A machine that its guest put to sleep is woken, one that was paused goes on. */
  'domain.resume': async (ref, context) => {
    const inventory = await context.connections.inventory(ref.connection)
    const asleep = (await inventory.readDomain(ref.uuid))?.state === 'pmsuspended'
    await act(ref, context, (target) => (asleep ? domainWakeUp : domainResume)(target, ref.uuid))
  },
  'domain.shutdown': verb(domainShutdown),
  'domain.reboot': verb(domainReboot),
  'domain.destroy': verb(domainDestroy),
  'domain.reset': verb(domainReset),
  'domain.discard-save': verb(domainDiscardSave),
  'domain.save': async (ref, context) => {
    const name = await nameOf(ref, context)
    const title = { key: 'jobs:kind.save', params: { name } }
    const { id } = context.jobs.start({ kind: 'save', connection: ref.connection, title, cancellable: true }, async (job) => {
      const onProgress = (percent: number): void => job.progress(percent, 100, 'percent')
      await act(ref, context, (target) => domainSave(target, ref.uuid, { signal: job.signal, onProgress }))
      return { uuid: ref.uuid }
    })
    return { job: id }
  },
  'domain.deletion-files': async ({ connection, uuid }, context) =>
    deletionFiles(await context.connections.target(connection), uuid),
  /** The paths are those of domain.deletion-files, letter by letter. */
  'domain.delete': async (ref, context) => {
    try {
      return await act(ref, context, (target) => deleteMachine(target, ref.uuid, ref.files))
    } finally {
      await (await context.connections.inventory(ref.connection)).volumesChanged().catch(() => undefined)
    }
  },
  'domain.change-media': (ref, context) =>
    act(ref, context, async (target) => {
      await domainChangeMedia(target, ref.uuid, ref.target, ref.path === null ? null : expandPath(ref.path))
      return domainGet(target, ref.uuid)
    }),
  'domain.open-file': async ({ connection, uuid, path }, context) => openFile(await context.connections.target(connection), uuid, path),
  'domain.add-vnc': changed(domainAddVnc),
  'domain.remove-vnc': changed(domainRemoveVnc),
  'domain.log': async ({ connection, uuid, whole }, context) => domainLog(await context.connections.target(connection), uuid, whole),
  'domain.disk-errors': async ({ connection, uuid }, context) => domainDiskErrors(await context.connections.target(connection), uuid),
  'domain.xml': async ({ connection, uuid, which }, context) => ({
    xml: await domainXml(await context.connections.target(connection), uuid, which),
  }),
  'domain.define-xml': ({ connection, uuid, ...edit }, context) => act({ connection, uuid }, context, (target) => domainDefineXml(target, uuid, edit)),
  'domain.screenshot': async ({ connection, uuid }, context) => {
    const png = await domainScreenshot(await context.connections.target(connection), uuid)
    return { png: Buffer.from(png).toString('base64') }
  },
  'domain.save-screenshot': async (ref, context) => {
    const png = await domainScreenshot(await context.connections.target(ref.connection), ref.uuid)
    return { path: await context.desktop.saveFile(screenshotPath(await nameOf(ref, context)), png) }
  },
}

/** ~/Pictures/<name> 2026-11-21 10-42-00.png, in the person's own picture folder and time. */
function screenshotPath(name: string): string {
  const now = new Date()
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const time = `${two(now.getHours())}-${two(now.getMinutes())}-${two(now.getSeconds())}`
  return join(userFolder('PICTURES', 'Pictures'), `${atMostBytes(name.replaceAll(/[/\\\p{Cc}]/gu, '_'), 200)} ${day} ${time}.png`)
}

/** A file's name holds 255 bytes; no character is cut through. */
function atMostBytes(text: string, bytes: number): string {
  let kept = text
  while (Buffer.byteLength(kept) > bytes) kept = [...kept].slice(0, -1).join('')
  return kept
}
