/**
 * libvirtd is killed at random moments in the middle of each action, edit, creation and deletion, on the session and on the
 * system. The short form of this is test/e2e/daemon-kills.spec.ts. VIVERO_SEED repeats a run, VIVERO_SOAK_MOMENTS says how
 * many moments each is tried at.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Result } from '../../shared/contract/index.ts'
import type { Job } from '../../shared/model/job.ts'
import { ask, type Page } from '../contract/page.ts'
import { withDocument } from '../e2e/support/documents.ts'
import { freshSession } from '../e2e/support/session.ts'
import { asUser, defineGuest, difference, inventory, seededRandom, sessionDaemon, startApp, systemDaemon, until, type RunningApp } from '../harness/index.ts'
import { pageOf } from '../integration/host/page-of.ts'
import { actions, bring } from './actions.ts'
import { connected, jobOf, killedIn, nothingLeft, traces, tryVirsh, virsh, within, type Stage } from './stage.ts'

const alumna = asUser('alumna')
const random = seededRandom()
const moments = Number(process.env['VIVERO_SOAK_MOMENTS'] ?? 4)
const sides = [
  { connection: 'session', daemon: sessionDaemon(alumna), images: join(alumna.home, '.local/share/libvirt/images') },
  { connection: 'system', daemon: systemDaemon(), images: '/var/lib/libvirt/images' },
] as const
let app: RunningApp
let page: Page
let before: readonly string[] = []

beforeAll(async () => {
  console.log(`VIVERO_SEED=${random.seed}, ${moments} moments each`)
  await freshSession(alumna)
  app = await startApp({ user: alumna, settings: { acceleration: 'tcg', closingNoticeShown: true } })
  page = await pageOf(app)
  for (const { connection } of sides) await connected(page, connection)
  before = await until('an app at rest', 20_000, async () => {
    const now = await traces({ app })
    await pause(1_000)
    return difference(now, await traces({ app })).length === 0 ? now : undefined
  })
})
afterAll(async () => {
  await page.close()
  await app.stop()
})

describe.each(sides)('$connection', ({ connection, daemon, images }) => {
  let stage: Stage

  beforeEach(async () => {
    const name = 'soak'
    const iso = '/usr/lib/ipxe/ipxe.iso'
    const uuid = await defineGuest(daemon.user, { name, iso, connection: daemon.uri, memory: 32 })
    stage = { connection, daemon, app, page, random, uuid }
    await connected(page, connection)
  })
  afterEach(async () => {
    await connected(page, connection)
    await tryVirsh(stage, 'destroy', stage.uuid)
    await tryVirsh(stage, 'undefine', stage.uuid, '--managed-save')
    await undoCreation()
    await nothingLeft(stage, before)
  })

  test.each(actions)('killed in $name', { timeout: 600_000 }, async ({ from, takes, run }) => {
    for (let moment = 0; moment < moments; moment++) {
      await bring(stage, from)
      await withCard(stage)
      await ask(page, 'domain.list', { connection })
      await killedIn(stage, () => run(stage), within(stage, takes))
    }
  })

  // a session has no networks: it takes user mode
  const steps = ['pool-define', 'pool-build', 'pool-start', 'pool-autostart', 'disk', ...(connection === 'system' ? ['network-start'] : []), 'define', 'start']
  test.each(steps)('killed in the creation of a machine, at %s', { timeout: 300_000 }, async (step) => {
    const everything = await objects()
    const { plan } = await ask(page, 'creation.propose', { connection, path: '/usr/lib/ipxe/ipxe.iso' })
    const since = page.events.length
    expect(plan.createDefaultPool).toBe(true)
    const wanted = { ...plan, name: 'made', memoryKiB: 32_768, diskBytes: 1024 ** 2, openConsole: false }
    const outcome = await killedIn(stage, async () => jobOf(page, await page.call('creation.start', wanted)), async () => {
      const at = await until(`the step ${step}`, 20_000, () =>
        page.events.slice(since).flatMap((one) => (one.event === 'job.changed' ? [one.payload as Job] : [])).find((job) => job.step?.key === `creation:step.${step}` || job.state === 'failed'))
      expect(at.error, 'what it failed with before').toBeNull()
      await within(stage, 20)()
    })
    if (outcome.ok) {
      expect((await virsh(stage, 'domstate', 'made')).trim()).toBe('running')
      await undoCreation()
    } else expect(outcome.error.remedies.filter(({ name }) => name === 'undo-by-hand')).toEqual([])
    await until('nothing of it is left', 20_000, async () => (difference(everything, await objects()).length === 0 ? true : undefined)).catch(async () =>
      expect(difference(everything, await objects())).toEqual([]))
  })

  test('killed in the deletion of a machine with its disk', { timeout: 300_000 }, async () => {
    for (let moment = 0; moment < moments; moment++) {
      const disk = join(daemon.user.home, `gone-${moment}.qcow2`)
      execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', disk, '1M'])
      execFileSync('chown', [`${alumna.uid}:${alumna.uid}`, disk])
      const uuid = await defineGuest(daemon.user, { name: 'gone', disk, connection: daemon.uri })
      await until('the machine is listed', 10_000, async () => (await ask(page, 'domain.list', { connection })).some((one) => one.uuid === uuid) || undefined)
      const outcome = await killedIn(stage, () => page.call('domain.delete', { connection, uuid, files: [disk] }), within(stage, 200))
      const there = (await tryVirsh(stage, 'domstate', uuid)).code === 0
      expect(there, 'a machine that stays keeps its disk, one that goes takes it along').toBe(existsSync(disk) && !toldKept(outcome, disk))
      await tryVirsh(stage, 'undefine', uuid)
      rmSync(disk, { force: true })
    }
  })

  async function objects(): Promise<string[]> {
    const all = await inventory(alumna, { connections: sides.map((side) => side.daemon.uri), folders: ['/var/lib/libvirt/images', '/etc/libvirt/qemu', '/etc/libvirt/storage'] })
    return all.filter((line) => !/^process |\/vivero\/settings\.json |\.local(\/share(\/libvirt)?)? \(folder\)$|\/libvirt\/storage(\/autostart)? \(folder\)$|\.local\/state|\/vivero \(folder\)$/.test(line))
  }

  async function undoCreation(): Promise<void> {
    await tryVirsh(stage, 'destroy', 'made')
    await tryVirsh(stage, 'undefine', 'made', '--nvram')
    for (const verb of ['pool-destroy', 'pool-undefine']) await tryVirsh(stage, verb, 'default')
    if (connection === 'system') {
      await tryVirsh(stage, 'net-destroy', 'default')
      // what a libvirtd that is killed in the middle of starting a network leaves, and the app says how to remove
      await daemon.user.exec(['ip', 'link', 'delete', 'virbr0'])
    }
    rmSync(join(images, 'made.qcow2'), { force: true })
    if (connection === 'session') rmSync(images, { recursive: true, force: true })
  }
})

const toldKept = (outcome: Result<unknown>, path: string): boolean =>
  outcome.ok && (outcome.value as { readonly kept: readonly { readonly path: string }[] }).kept.some((one) => one.path === path)

/** Gives the stored machine a network card again, where one was taken out. */
async function withCard(stage: Stage): Promise<void> {
  if ((await virsh(stage, 'dumpxml', stage.uuid, '--inactive')).includes('<interface')) return
  await withDocument(stage.daemon.user, ['-c', stage.daemon.uri, 'attach-device', `--domain=${stage.uuid}`, '--config'], "<interface type='user'><model type='virtio'/></interface>")
}
