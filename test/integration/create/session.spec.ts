import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { attr, child, children, childText, parseXml } from '../../../electron/libvirt/xml/document.ts'
import type { Job } from '../../../shared/model/job.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { ask, eventually, type Page } from '../../contract/page.ts'
import { freshSession } from '../../e2e/support/session.ts'
import { asUser, expectUnchanged, inventory, startApp, type RunningApp } from '../../harness/index.ts'
import { pageOf } from '../host/page-of.ts'

const connection = 'session'
const user = asUser('alumna')
const images = join(user.home, '.local/share/libvirt/images')
/** What was put into the home for a test. */
const given: string[] = []
let draft: string | undefined
let app: RunningApp
let page: Page

beforeAll(async () => {
  draft = mkdtempSync('/tmp/session-')
  await freshSession(user)
  app = await startApp({ user, settings: { acceleration: 'tcg' } })
  page = await pageOf(app)
  await eventually('the session is connected', async () => (await ask(page, 'connection.list', {})).some((one) => one.id === connection && one.state === 'connected') || undefined)
})
afterEach(async () => {
  for (const uuid of words(await session('list', '--uuid'))) await session('destroy', uuid)
  for (const uuid of words(await session('list', '--all', '--uuid'))) await session('undefine', uuid)
  for (const uuid of words(await session('pool-list', '--uuid'))) await session('pool-destroy', uuid)
  for (const uuid of words(await session('pool-list', '--all', '--uuid'))) await session('pool-undefine', uuid)
  for (const path of [...given.splice(0), images]) rmSync(path, { recursive: true, force: true })
})
afterAll(async () => {
  await page.close()
  await app.stop()
  if (draft !== undefined) rmSync(draft, { recursive: true })
})

/** An image of this name in the user's home, owned by the user. */
function give(name: string, target: string, fill = '1M'): string {
  const path = join(draft ?? '/nowhere', name)
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', path, '64M'])
  execFileSync('qemu-io', ['-c', `write -P 7 0 ${fill}`, path], { stdio: 'pipe' })
  return handed(path, join(target, name))
}

function handed(source: string, target: string): string {
  const place = user.give(source, target)
  given.push(place)
  return place
}

async function create(plan: MachinePlan): Promise<Job> {
  const { job } = await ask(page, 'creation.start', plan)
  return eventually('the end of the creation', async () => (await ask(page, 'job.list', {})).find((one) => one.id === job && one.state !== 'running'))
}

const propose = async (path: string, change: Partial<MachinePlan> = {}, osId?: string): Promise<MachinePlan> => {
  const { plan } = await ask(page, 'creation.propose', osId === undefined ? { connection, path } : { connection, path, osId })
  return { ...plan, memoryKiB: 64 * 1024, vcpus: 1, ...change }
}

const session = (...args: string[]): Promise<string> => user.virsh(['-c', 'qemu:///session', ...args])
const words = (output: string): string[] => output.split(/\s+/).filter((word) => word !== '')

/** The pool `default` as the course makes it, with the image in it. */
async function poolWith(name: string): Promise<string> {
  const path = give(name, images)
  const document = join(draft ?? '/nowhere', 'pool.xml')
  writeFileSync(document, `<pool type='dir'><name>default</name><target><path>${images}</path></target></pool>`)
  await session('pool-create', handed(document, 'pool.xml'))
  return path
}

describe('in a fresh session of an ordinary user', () => {
  test('S1.22 the disk of a machine made from a download lies in the default pool, which is made on the way', async () => {
    writeFileSync(handed('/dev/null', '.config/user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/Descargas"\n')
    const path = give('cirros-0.5.2-x86_64-disk.img', 'Descargas')
    const [found, ...others] = await ask(page, 'media.list', { connection })
    expect(others).toEqual([])
    expect(found).toMatchObject({ path, kind: 'disk', origin: 'downloads', system: { name: 'CirrOS 0.5.2' }, usedBy: [] })
    const plan = await propose(path)
    expect(plan).toMatchObject({ name: 'cirros0.5.2', createDefaultPool: true, network: { kind: 'user' } })
    const job = await create(plan)
    expect(job).toMatchObject({ state: 'done', error: null })
    expect(await session('vol-list', '--pool=default')).toContain(`${images}/cirros0.5.2.qcow2`)
    expect(words((await session('pool-list', '--all', '--details')).trim()).slice(0, 4)).toEqual(['default', 'running', 'yes', 'yes'])
    const facts = statSync(images)
    expect([facts.mode & 0o7777, facts.uid]).toEqual([0o711, user.uid])
    expect(childText(parseXml(await session('pool-dumpxml', '--pool=default')), 'target', 'path')).toBe(images)
    expect((await ask(page, 'settings.get', {})).recentFiles).toEqual([path])
  })

  test('S0.12 the card is in user mode and of virtio, the display on a socket, the process this user’s', async () => {
    const job = await create(await propose(give('debian-11.qcow2', 'Downloads')))
    const domain = parseXml(await session('dumpxml', `--domain=${job.result?.['uuid'] ?? ''}`))
    const devices = child(domain, 'devices')
    expect(children(devices, 'interface').map((card) => [attr(card, 'type'), attr(child(card, 'model'), 'type')])).toEqual([['user', 'virtio']])
    expect(attr(child(devices, 'graphics', 'listen'), 'type')).toBe('socket')
    expect((await session('list', '--name')).trim()).toBe('debian11')
    const process = (await user.exec(['pgrep', '-u', String(user.uid), '-f', 'guest=debian11,'])).stdout
    expect(words(process)).toHaveLength(1)
    expect((await user.virsh(['-c', 'qemu:///system', 'list', '--all', '--name'])).trim()).toBe('')
  })

  test('S0.18 the second machine of a system has another title and another name', async () => {
    const path = give('disk.qcow2', 'Downloads')
    for (const expected of [{ title: 'Ubuntu 20.10', name: 'ubuntu20.10' }, { title: 'Ubuntu 20.10 2', name: 'ubuntu20.10-2' }]) {
      const plan = await propose(path, {}, 'http://ubuntu.com/ubuntu/20.10')
      expect(plan).toMatchObject(expected)
      expect(await create(plan)).toMatchObject({ state: 'done' })
    }
    expect(words(await session('list', '--all', '--name')).sort()).toEqual(['ubuntu20.10', 'ubuntu20.10-2'])
  })

  test('S1.8 a machine has its disk in a folder that is in no pool, and no pool is made', async () => {
    const folder = join(user.home, 'Mis máquinas')
    handed('/dev/null', 'Mis máquinas/nothing')
    given.push(folder)
    const plan = await propose(give('disk.qcow2', 'Downloads'), { target: { kind: 'folder', path: folder }, createDefaultPool: false })
    const job = await create(plan)
    expect(job).toMatchObject({ state: 'done' })
    expect(await session('domblklist', `--domain=${job.result?.['uuid'] ?? ''}`)).toContain(`${folder}/disk.qcow2`)
    expect((await session('pool-list', '--all')).trim()).toBe('')
  })

  test('S1.12 an existing image, imported as the course does', async () => {
    const path = await poolWith('cirros.qcow2')
    const plan = await propose(path, { name: 'cirros-usuario', memoryKiB: 512 * 1024, vcpus: 1, openConsole: false, acceleration: 'auto' }, 'http://cirros-cloud.net/cirros/0.3.5')
    const findings = await ask(page, 'creation.check', plan)
    const kvm = (await ask(page, 'connection.list', {})).find((one) => one.id === connection)?.capabilities?.kvm ?? false
    expect(await create(plan)).toMatchObject({ state: 'done' })
    const domain = parseXml(await session('dumpxml', '--inactive', '--domain=cirros-usuario'))
    // software emulation only with the sentence that says why
    expect(attr(domain, 'type')).toBe(kvm ? 'kvm' : 'qemu')
    expect(findings.some((finding) => finding.code.startsWith('no-kvm-'))).toBe(!kvm)
    expect(['memory', 'currentMemory', 'vcpu'].map((tag) => childText(domain, tag))).toEqual(['524288', '524288', '1'])
    const [disk] = children(child(domain, 'devices'), 'disk')
    expect(attr(child(disk, 'source'), 'file')).toBe(path)
    expect(attr(child(disk, 'driver'), 'type')).toBe('qcow2')
    expect([attr(child(disk, 'target'), 'bus'), attr(child(disk, 'target'), 'dev')]).toEqual(['virtio', 'vda'])
    expect(attr(child(domain, 'os', 'boot'), 'dev')).toBe('hd')
    expect(attr(child(domain, 'metadata', 'libosinfo:libosinfo', 'libosinfo:os'), 'id')).toBe('http://cirros-cloud.net/cirros/0.3.5')
  })

  test('S1.13 an imported image is used where it lies, and stays when the machine is deleted', async () => {
    const path = await poolWith('mine.qcow2')
    const before = statSync(path).ino
    const plan = await propose(path)
    expect(plan.imageUse).toBe('in-place')
    const uuid = (await create(plan)).result?.['uuid'] ?? ''
    await ask(page, 'domain.destroy', { connection, uuid })
    const content = readFileSync(path)
    const files = await ask(page, 'domain.deletion-files', { connection, uuid })
    expect(files.map((file) => [file.path, file.ticked])).toEqual([[path, false]])
    await ask(page, 'domain.delete', { connection, uuid, files: files.filter((file) => file.ticked).map((file) => file.path) })
    expect((await session('list', '--all', '--name')).trim()).toBe('')
    expect(statSync(path).ino).toBe(before)
    expect(readFileSync(path).equals(content)).toBe(true)
  })
})

describe('what this user may not read or write is said, with the command that mends it', () => {
  test('S1.10 an image of mode 000', async () => {
    const path = give('locked ñ.qcow2', 'Downloads')
    execFileSync('chmod', ['000', path])
    expect(await page.call('media.inspect', { connection, path })).toMatchObject({ ok: false, error: { code: 'file-unreadable', params: { path } } })
    const refused = await page.call('creation.propose', { connection, path })
    expect(refused).toMatchObject({ ok: false, error: { code: 'file-unreadable', params: { path } } })
    const command = refused.ok ? '' : (refused.error.remedies.find((remedy) => remedy.command !== undefined)?.command ?? '')
    expect(command).toMatch(/^chmod u\+r /)
    expect((await user.exec(['sh', '-c', command])).code).toBe(0)
    expect(await propose(path)).toMatchObject({ mediaPath: path })
  })

  test('S1.10 an image of root’s, that this user may read alone', async () => {
    const path = await poolWith('of-root.qcow2')
    execFileSync('chown', ['root:root', path])
    const plan = await propose(path)
    expect(plan.imageUse).toBe('copy')
    const findings = await ask(page, 'creation.check', { ...plan, imageUse: 'in-place', diskBytes: null })
    expect(findings).toContainEqual({ field: 'imageUse', level: 'error', code: 'image-read-only', params: { path, command: `sudo chown alumna: ${path}` } })
  })
})

test('a creation that fails in a session takes back the pool, its folder and the disk', async () => {
  const path = give('disk.qcow2', 'Downloads', '24M')
  const plan = await propose(path)
  // a disk that is full where the copy goes: libvirt's folder lies on a small file system of its own
  const folder = handed(mkdtempSync(join(draft ?? '/nowhere', 'empty-')), '.local/share/libvirt')
  // the app's own folder for short-lived documents stays, empty
  const options = { host: app.pid, ignore: [/\/run\/user\/\d+\/vivero \(folder\)$/] }
  const before = await inventory(user, options)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=8m,uid=${user.uid},gid=${user.uid},mode=0700`, 'tmpfs', folder])
  try {
    expect(await create(plan)).toMatchObject({ state: 'failed', error: { code: 'disk-full', remedies: [] } })
    expect(execFileSync('find', [folder, '-mindepth', '1'], { encoding: 'utf8' })).toBe('')
  } finally {
    execFileSync('umount', [folder])
  }
  await expectUnchanged(before, user, options)
})
