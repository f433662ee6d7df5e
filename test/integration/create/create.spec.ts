import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { checkPlan } from '../../../electron/create/plan.ts'
import { previewCommands } from '../../../electron/create/run.ts'
import { imageInfo } from '../../../electron/system/qemu-img.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { attr, child, children, childText, parseXml, text } from '../../../electron/libvirt/xml/document.ts'
import { clear, create, createOff, disks, everything, image, images, iso, lines, media, MiB, openBench, propose, virsh, watched, type Bench } from './support.ts'

let bench: Bench
beforeEach(async () => {
  clear()
  bench = await openBench()
})
afterAll(clear)

const disksOf = (uuid: string) => children(child(parseXml(virsh('dumpxml', uuid, '--inactive')), 'devices'), 'disk')
const poolDefault = (): string => virsh('pool-list', '--all', '--details').replace(/\s+/g, ' ').trim()

describe('a machine made from an ISO', () => {
  test('has a new disk in the default pool, which is made on the way, and starts', async () => {
    const { plan, findings } = await propose(bench, iso(`${media}/año nuevo.iso`))
    expect(plan).toMatchObject({ name: 'ano-nuevo', title: 'año nuevo', imageUse: null, createDefaultPool: true, target: { kind: 'pool', pool: 'default' } })
    expect(findings.map((finding) => finding.code)).toContain('system-unknown')
    const { uuid } = await create(bench, plan)
    expect(virsh('domstate', uuid).trim()).toBe('running')
    expect(poolDefault()).toMatch(/^default running yes yes /)
    expect(childText(parseXml(virsh('pool-dumpxml', 'default')), 'target', 'path')).toBe(images)
    expect(lines(virsh('vol-list', 'default'))).toEqual([expect.stringContaining(`${images}/ano-nuevo.qcow2`)])
    expect((await imageInfo(`${images}/ano-nuevo.qcow2`)).virtualSizeBytes).toBe(plan.diskBytes)
    const [disk, cd] = disksOf(uuid)
    expect(attr(child(disk, 'boot'), 'order')).toBe('1')
    expect(attr(child(cd, 'boot'), 'order')).toBe('2')
    expect(attr(child(cd, 'source'), 'file')).toBe(`${media}/año nuevo.iso`)
  })

  test('twice gets another name, title and disk', async () => {
    const path = iso(`${media}/ipxe.iso`)
    await createOff(bench, (await propose(bench, path, {}, 'http://ubuntu.com/ubuntu/20.10')).plan)
    const second = await propose(bench, path, {}, 'http://ubuntu.com/ubuntu/20.10')
    expect(second.plan).toMatchObject({ title: 'Ubuntu 20.10 2', name: 'ubuntu20.10-2', createDefaultPool: false })
    const uuid = await createOff(bench, second.plan)
    expect(lines(virsh('list', '--all', '--name')).sort()).toEqual(['ubuntu20.10', 'ubuntu20.10-2'])
    expect(text(child(parseXml(virsh('dumpxml', uuid)), 'title'))).toBe('Ubuntu 20.10 2')
    expect(statSync(`${images}/ubuntu20.10-2.qcow2`).isFile()).toBe(true)
  })

  test('can have its disk in a folder that is in no pool, and no pool is made', async () => {
    mkdirSync(`${disks}/con espacio`, { recursive: true })
    const { plan } = await propose(bench, iso(`${media}/ipxe.iso`), { target: { kind: 'folder', path: `${disks}/con espacio` }, createDefaultPool: false, diskBytes: 100 * MiB })
    const uuid = await createOff(bench, plan)
    expect(lines(virsh('pool-list', '--all'))).toEqual([])
    expect(attr(child(disksOf(uuid)[0], 'source'), 'file')).toBe(`${disks}/con espacio/ipxe.qcow2`)
    expect((await imageInfo(`${disks}/con espacio/ipxe.qcow2`)).virtualSizeBytes).toBe(100 * MiB)
  })

  test('does not write over a file that has the disk’s name', async () => {
    mkdirSync(disks)
    execFileSync('sh', ['-c', `echo mine > ${disks}/ipxe.qcow2`])
    const { plan } = await propose(bench, iso(`${media}/ipxe.iso`), { target: { kind: 'folder', path: disks }, createDefaultPool: false })
    const uuid = await createOff(bench, plan)
    expect(attr(child(disksOf(uuid)[0], 'source'), 'file')).toBe(`${disks}/ipxe-2.qcow2`)
    expect(readFileSync(`${disks}/ipxe.qcow2`, 'utf8')).toBe('mine\n')
  })
})

describe('a file that QEMU’s own user may not use', () => {
  const facts = (path: string) => {
    const { uid, gid, mode, ino } = statSync(path)
    return { uid, gid, mode, ino }
  }

  test('for its folder is copied into the pool, an ISO too, and is the machine’s own there', async () => {
    const path = iso(`${media}/ipxe.iso`)
    chmodSync(media, 0o700)
    const before = facts(path)
    try {
      const { plan, findings } = await propose(bench, path)
      expect(plan.imageUse).toBe('copy')
      expect(findings).toContainEqual({ field: 'imageUse', level: 'note', code: 'copied-as-folder-closed', params: { user: 'libvirt-qemu', place: media } })
      expect(await checkPlan(bench.deps, { ...plan, imageUse: null })).toContainEqual(expect.objectContaining({ level: 'error', code: 'qemu-folder-closed' }))
      const { uuid } = await create(bench, plan)
      const [disk, cd] = disksOf(uuid)
      expect([attr(child(disk, 'source'), 'file'), attr(child(cd, 'source'), 'file')]).toEqual([`${images}/ipxe.qcow2`, `${images}/ipxe.iso`])
      expect(readFileSync(`${images}/ipxe.iso`).equals(readFileSync(path))).toBe(true)
      for (const made of [`${images}/ipxe.qcow2`, `${images}/ipxe.iso`]) expect(virsh('dumpxml', uuid)).toContain(`<vivero:file path="${made}"/>`)
      virsh('destroy', uuid)
      expect(facts(path)).toEqual(before)
    } finally {
      chmodSync(media, 0o755)
    }
  })

  test('though it may read it stays whose it is, while the machine runs and after', async () => {
    const path = iso(`${media}/ipxe.iso`)
    const before = facts(path)
    const { plan } = await propose(bench, path)
    expect(plan.imageUse).toBeNull()
    const { uuid } = await create(bench, plan)
    expect(attr(child(disksOf(uuid)[1], 'source'), 'file')).toBe(path)
    expect(facts(path)).toEqual(before)
    virsh('destroy', uuid)
    expect(facts(path)).toEqual(before)
  })
})

describe('a machine made from a disk image', () => {
  test('uses a volume that nobody uses where it lies', async () => {
    const path = image(`${images}/cirros-0.3.5.qcow2`)
    const before = statSync(path)
    virsh('pool-create-as', 'default', 'dir', '--target', images)
    const { plan } = await propose(bench, path)
    expect(plan).toMatchObject({ imageUse: 'in-place', diskBytes: null, osId: 'http://cirros-cloud.net/cirros/0.3.5' })
    const uuid = await createOff(bench, { ...plan, name: 'cirros-usuario', memoryKiB: 512 * 1024 })
    const domain = parseXml(virsh('dumpxml', uuid, '--inactive'))
    expect(childText(domain, 'memory')).toBe('524288')
    expect(childText(domain, 'currentMemory')).toBe('524288')
    expect(childText(domain, 'vcpu')).toBe('1')
    expect(attr(child(domain, 'os', 'boot'), 'dev')).toBe('hd')
    const [disk] = disksOf(uuid)
    expect(attr(child(disk, 'source'), 'file')).toBe(path)
    expect(attr(child(disk, 'driver'), 'type')).toBe('qcow2')
    expect(attr(child(disk, 'target'), 'bus')).toBe('virtio')
    expect(statSync(path).ino).toBe(before.ino)
    // it was there before: not recorded as made for this machine
    expect(virsh('dumpxml', uuid)).not.toContain('vivero:file')
  })

  test('from a download is a copy in the pool, with real percents, and the download stays as it was', async () => {
    const path = image(`${media}/debian-11-generic-amd64.qcow2`)
    execFileSync('qemu-io', ['-c', 'write -P 7 0 32M', path])
    const before = readFileSync(path)
    const { plan } = await propose(bench, path, { diskBytes: 128 * MiB })
    expect(plan).toMatchObject({ imageUse: 'copy', name: 'debian11', title: 'Debian 11' })
    const seen = watched()
    const { uuid } = await create(bench, plan, seen)
    const copy = `${images}/debian11.qcow2`
    expect(attr(child(disksOf(uuid)[0], 'source'), 'file')).toBe(copy)
    expect(await imageInfo(copy)).toMatchObject({ format: 'qcow2', virtualSizeBytes: 128 * MiB, backingPath: null })
    virsh('destroy', uuid)
    execFileSync('qemu-img', ['compare', path, copy], { stdio: 'pipe' })
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(seen.percents.at(-1)).toBe(100)
    expect(lines(virsh('vol-list', 'default'))).toEqual([expect.stringContaining(copy)])
    expect(virsh('dumpxml', uuid)).toContain(`<vivero:file path="${copy}"/>`)
  })

  test('that an overlay stands on others is copied whole', async () => {
    image(`${media}/base.qcow2`)
    execFileSync('qemu-io', ['-c', 'write -P 9 0 1M', `${media}/base.qcow2`])
    const overlay = image(`${media}/overlay.qcow2`, '', '-b', 'base.qcow2', '-F', 'qcow2')
    const { plan, findings } = await propose(bench, overlay)
    expect(findings).toContainEqual(expect.objectContaining({ code: 'has-base', level: 'note', params: { base: `${media}/base.qcow2` } }))
    await createOff(bench, plan)
    expect((await imageInfo(`${images}/overlay.qcow2`)).backingPath).toBeNull()
  })
})

describe('the commands of a creation', () => {
  test('are shown beforehand as they run, and stand alone: in a plain shell they make the same machine again', async () => {
    const path = iso(`${media}/it's an "iso" & more.iso`)
    const { plan } = await propose(bench, path, { title: 'A & <b> "c"' })
    const shown = await previewCommands(bench.deps, plan)
    const { uuid } = await create(bench, plan)
    expect(bench.commands.map((command) => command.line)).toEqual(shown)
    expect(bench.commands.every((command) => command.ok)).toBe(true)
    const made = virsh('dumpxml', uuid, '--inactive', '--security-info')
    const pool = poolDocument()
    const password = /passwd='(\w+)'/.exec(made)?.[1] ?? ''
    expect(password).toHaveLength(8)
    expect(shown.join('\n')).not.toContain(password)

    virsh('vol-delete', `--vol=${images}/${plan.name}.qcow2`)
    clearMachine(uuid)
    execFileSync('bash', ['-e', '-c', shown.join('\n')], { input: `${password}\n`, stdio: ['pipe', 'pipe', 'pipe'] })
    expect(virsh('dumpxml', uuid, '--inactive', '--security-info')).toBe(made)
    expect(poolDocument()).toBe(pool)
    expect(virsh('domstate', uuid).trim()).toBe('running')
  })

  test('of a copy too, with a network that is off', async () => {
    const { plan } = await propose(bench, image(`${media}/x y.qcow2`), { network: { kind: 'network', name: 'default' }, diskBytes: 100 * MiB })
    const { uuid } = await create(bench, plan)
    const made = virsh('dumpxml', uuid, '--inactive')
    const shown = bench.commands.map((command) => command.line)
    expect(shown.some((line) => line.includes('net-start'))).toBe(true)
    clearMachine(uuid)
    execFileSync('bash', ['-e', '-c', shown.join('\n')], { input: 'password\n', stdio: ['pipe', 'pipe', 'pipe'] })
    expect(virsh('dumpxml', uuid, '--inactive')).toBe(made)
  })
})

test('a machine that goes on running while its network is off is plugged in again where a new machine starts the network', async () => {
  const network = { kind: 'network', name: 'default' } as const
  const { uuid } = await create(bench, (await propose(bench, iso(`${media}/ipxe.iso`), { network })).plan)
  virsh('net-destroy', 'default')
  const tap = /^\s*(vnet\d+)\s/m.exec(virsh('domiflist', uuid))?.[1] ?? ''
  const port = (): string => / master (\S+)/.exec(execFileSync('ip', ['-o', 'link', 'show', 'dev', tap], { encoding: 'utf8' }))?.[1] ?? ''
  expect(port()).toBe('')
  await create(bench, (await propose(bench, `${media}/ipxe.iso`, { network })).plan)
  expect(port()).toBe('virbr0')
})

/** What is free changes by itself. */
const poolDocument = (): string => virsh('pool-dumpxml', 'default', '--inactive').replace(/<(allocation|available|capacity) .*/g, '')

function clearMachine(uuid: string): void {
  virsh('destroy', uuid)
  virsh('undefine', uuid)
  virsh('net-destroy', 'default')
  virsh('pool-destroy', 'default')
  virsh('pool-undefine', 'default')
}

describe('what is to be said about a plan', () => {
  type Codes = (change?: Partial<MachinePlan>) => Promise<string[]>

  /** Answers what is to be said about the file's plan, changed. */
  async function codesOf(path: string): Promise<Codes> {
    const { plan } = await propose(bench, path)
    return async (change = {}) => (await checkPlan(bench.deps, { ...plan, memoryKiB: 64 * 1024, ...change })).map((finding) => `${finding.level} ${finding.code}`)
  }

  test('sizes that the host lacks', async () => {
    const codes = await codesOf(iso(`${media}/ipxe.iso`))
    expect(await codes({ memoryKiB: 2 ** 40, vcpus: 10_000, diskBytes: 2 ** 50, acceleration: 'kvm' })).toEqual(
      expect.arrayContaining(['error memory-over-host', 'error cpus-over-host', 'warning disk-over-free', 'error no-kvm-unknown']),
    )
    expect(await codes({ memoryKiB: 0, vcpus: 0, acceleration: 'auto' })).toEqual(expect.arrayContaining(['error memory-none', 'error cpus-none', 'note no-kvm-unknown']))
    expect(await codes({ osId: 'http://debian.org/debian/11' })).toContain('warning memory-under-minimum')
  })

  test('places and networks that are not there', async () => {
    const codes = await codesOf(iso(`${media}/ipxe.iso`))
    const gone = { kind: 'network', name: 'gone' } as const
    expect(await codes({ target: { kind: 'folder', path: '/nowhere' }, network: gone })).toEqual(expect.arrayContaining(['error folder-missing', 'error network-missing']))
    expect(await codes({ target: { kind: 'pool', pool: 'gone' }, network: { kind: 'network', name: 'default' } })).toEqual(
      expect.arrayContaining(['error pool-missing', 'note network-inactive']),
    )
    virsh('pool-define-as', 'default', 'dir', '--target', images)
    expect(await codes()).toContain('note pool-inactive')
  })

  test('media that went away, lack their base or start nothing', async () => {
    expect(await (await codesOf(image(`${media}/a.qcow2`)))({ mediaPath: `${media}/gone.qcow2` })).toContain('error media-missing')
    image(`${media}/base.qcow2`)
    const overlay = image(`${media}/overlay.qcow2`, '', '-b', 'base.qcow2', '-F', 'qcow2')
    execFileSync('mv', [`${media}/base.qcow2`, `${media}/elsewhere.qcow2`])
    expect(await (await codesOf(overlay))()).toContain('error base-missing')
    mkdirSync(`${media}/content`)
    execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-V', 'DATA', '-o', `${media}/data.iso`, `${media}/content`], { stdio: 'pipe' })
    const codes = await codesOf(`${media}/data.iso`)
    expect(await codes()).toContain('warning iso-not-bootable')
    expect(await codes({ mediaKind: 'disk' })).toContain('error media-wrong-kind')
  })

  test('images that others use', async () => {
    virsh('pool-create-as', 'default', 'dir', '--target', images)
    const path = image(`${images}/used.qcow2`)
    await create(bench, (await propose(bench, path)).plan)
    const again = await propose(bench, path)
    expect(again.plan).toMatchObject({ imageUse: 'copy', name: 'used-2' })
    expect(again.media.usedBy).toEqual(['used'])
    expect(await (await codesOf(path))({ imageUse: 'in-place' })).toContain('warning image-in-use')
    // a running machine's image can be copied all the same
    await createOff(bench, again.plan)
    expect(existsSync(`${images}/used-2.qcow2`)).toBe(true)
    const base = image(`${images}/base.qcow2`)
    image(`${images}/overlay.qcow2`, '', '-b', 'base.qcow2', '-F', 'qcow2')
    virsh('pool-refresh', 'default')
    const { plan } = await propose(bench, `${images}/overlay.qcow2`)
    expect(plan.imageUse).toBe('in-place')
    await createOff(bench, plan)
    // proposed is a copy: to write into it would break what stands on it
    expect((await propose(bench, base)).plan.imageUse).toBe('copy')
    expect(await (await codesOf(base))({ imageUse: 'in-place' })).toContain('error image-is-base')
  })

  test('a plan with an error is not begun', async () => {
    const { plan } = await propose(bench, iso(`${media}/ipxe.iso`), { name: 'a/b' })
    const before = await everything()
    const seen = watched()
    await expect(create(bench, plan, seen)).rejects.toMatchObject({ code: 'invalid-input', params: { field: 'name', finding: 'name-slash' } })
    expect(seen.steps).toEqual([])
    expect(bench.commands).toEqual([])
    expect(await everything()).toEqual(before)
  })
})
