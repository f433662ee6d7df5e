/** Deleting a machine takes exactly the files that were chosen, and offers none that others stand on. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { deleteMachine, deletionFiles } from '../../../electron/create/delete.ts'
import type { DeletionFile } from '../../../shared/model/domain.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { clear, createOff, disks, everything, image, images, iso, lines, media, openBench, propose, virsh, type Bench } from './support.ts'

let bench: Bench
beforeEach(async () => {
  clear()
  bench = await openBench()
})
afterAll(clear)

/** A machine of that medium, off. */
async function machine(path: string, change: Partial<MachinePlan> = {}): Promise<string> {
  return createOff(bench, (await propose(bench, path, { network: { kind: 'user' }, ...change })).plan)
}
const inFolder = { target: { kind: 'folder', path: disks }, createDefaultPool: false } as const
const inPlace = { imageUse: 'in-place', diskBytes: null } as const

const files = (uuid: string): Promise<DeletionFile[]> => deletionFiles(bench.deps.target, uuid)
const remove = (uuid: string, paths: readonly string[]) => deleteMachine(bench.deps.target, uuid, paths)
const fact = async (uuid: string, path: string) => (await files(uuid)).find((file) => file.path === path)
const machines = (): string[] => lines(virsh('list', '--all', '--uuid'))
const pool = (name: string, path: string): string => virsh('pool-create-as', name, 'dir', '--target', path)

describe('the files of a machine', () => {
  test('ticked is the disk that was made for it, not the ISO', async () => {
    const uuid = await machine(iso(`${media}/ipxe.iso`))
    expect(await files(uuid)).toEqual([
      { path: `${images}/ipxe.qcow2`, sizeBytes: statSync(`${images}/ipxe.qcow2`).blocks * 512, device: 'disk', ticked: true, allowed: true, reason: 'made-for-this', usedBy: [] },
      { path: `${media}/ipxe.iso`, sizeBytes: expect.any(Number), device: 'cdrom', ticked: false, allowed: true, reason: 'read-only', usedBy: [] },
    ])
  })

  test('an image that was there before is never ticked, in a pool or not', async () => {
    pool('default', images)
    const [inPool, outside] = [image(`${images}/mine.qcow2`), image(`${media}/other.qcow2`)]
    for (const path of [inPool, outside]) {
      const uuid = await machine(path, inPlace)
      expect(await files(uuid)).toMatchObject([{ path, ticked: false, allowed: true, reason: 'was-there-before' }])
    }
  })

  test('a disk that another machine uses, by another spelling too, cannot be chosen', async () => {
    const path = image(`${media}/shared.qcow2`)
    symlinkSync(media, `${images}/link`)
    const first = await machine(path, { ...inPlace, name: 'first' })
    const second = await machine(`${images}/link/shared.qcow2`, { ...inPlace, name: 'second' })
    expect(await fact(first, path)).toMatchObject({ ticked: false, allowed: false, reason: 'used-by', usedBy: ['second'] })
    expect(await fact(second, `${images}/link/shared.qcow2`)).toMatchObject({ allowed: false, reason: 'used-by', usedBy: ['first'] })
  })

  test('nor one that is the base of another machine’s disk, of a volume, or of a file beside it', async () => {
    pool('default', images)
    const uuid = await machine(iso(`${media}/ipxe.iso`))
    const disk = `${images}/ipxe.qcow2`
    expect(await fact(uuid, disk)).toMatchObject({ ticked: true })
    mkdirSync(disks)
    const overlay = image(`${disks}/of a machine.qcow2`, '', '-b', disk, '-F', 'qcow2')
    const above = await machine(overlay, { ...inPlace, name: 'above' })
    expect(await fact(uuid, disk)).toMatchObject({ ticked: false, allowed: false, reason: 'base-of', usedBy: ['above'] })
    await remove(above, [])

    expect(await fact(uuid, disk)).toMatchObject({ ticked: true })
    pool('others', disks)
    expect(await fact(uuid, disk)).toMatchObject({ allowed: false, reason: 'base-of', usedBy: ['of a machine.qcow2'] })
    virsh('pool-destroy', 'others')
    image(`${images}/beside`, '', '-b', 'ipxe.qcow2', '-F', 'qcow2')
    expect(await fact(uuid, disk)).toMatchObject({ allowed: false, reason: 'base-of', usedBy: ['beside'] })
  })

  test('a file that is gone says so', async () => {
    const uuid = await machine(iso(`${media}/ipxe.iso`), inFolderMade())
    rmSync(`${disks}/ipxe.qcow2`)
    expect(await fact(uuid, `${disks}/ipxe.qcow2`)).toEqual({
      path: `${disks}/ipxe.qcow2`, sizeBytes: null, device: 'disk', ticked: false, allowed: false, reason: 'missing', usedBy: [],
    }) // prettier-ignore
  })

  test('a machine that is not there has none', async () => {
    const gone = '11111111-2222-3333-4444-555555555555'
    await expect(files(gone)).rejects.toMatchObject({ code: 'not-found' })
    await expect(remove(gone, [])).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('deleting', () => {
  test('removes exactly the chosen files, and notes each command', async () => {
    const before = await everything()
    const uuid = await machine(iso(`${media}/ipxe.iso`))
    const disk = `${images}/ipxe.qcow2`
    expect(await remove(uuid, [disk, disk])).toEqual({ removed: [disk], kept: [] })
    expect([machines(), existsSync(disk), existsSync(`${media}/ipxe.iso`)]).toEqual([[], false, true])
    expect(bench.commands).toMatchObject([
      { line: `virsh -c qemu:///system undefine --domain=${uuid} --managed-save --snapshots-metadata`, ok: true },
      { line: `virsh -c qemu:///system vol-delete --vol=${disk}`, ok: true },
    ])
    rmSync(`${media}/ipxe.iso`)
    virsh('pool-destroy', 'default')
    virsh('pool-undefine', 'default')
    expect(await everything()).toEqual(before)
  })

  test('without choosing any keeps all: an image used in place has its inode and its content', async () => {
    const path = image(`${media}/mine.qcow2`)
    execFileSync('qemu-io', ['-c', 'write -P 7 0 1M', path], { stdio: 'pipe' })
    const uuid = await machine(path, inPlace)
    const [inode, content] = [statSync(path).ino, readFileSync(path)]
    expect(await remove(uuid, [])).toEqual({ removed: [], kept: [] })
    expect(machines()).toEqual([])
    expect([statSync(path).ino, readFileSync(path).equals(content)]).toEqual([inode, true])
  })

  test('removes a disk in a folder of no pool by this user’s own hand', async () => {
    const uuid = await machine(iso(`${media}/ipxe.iso`), inFolderMade())
    expect(await remove(uuid, [`${disks}/ipxe.qcow2`])).toEqual({ removed: [`${disks}/ipxe.qcow2`], kept: [] })
    expect(existsSync(`${disks}/ipxe.qcow2`)).toBe(false)
    expect(bench.commands.at(-1)).toMatchObject({ line: `rm -- ${disks}/ipxe.qcow2`, ok: true })
  })

  test('touches no file that is not the machine’s, nor one that others stand on', async () => {
    const uuid = await machine(iso(`${media}/ipxe.iso`))
    const disk = `${images}/ipxe.qcow2`
    const stranger = image(`${media}/stranger.qcow2`)
    image(`${images}/child.qcow2`, '', '-b', disk, '-F', 'qcow2')
    expect(await remove(uuid, [stranger, disk, `${images}/../images/ipxe.qcow2`])).toEqual({
      removed: [],
      kept: [{ path: stranger, reason: 'not-found' }, { path: disk, reason: 'base-of' }, { path: `${images}/../images/ipxe.qcow2`, reason: 'not-found' }],
    })
    expect([machines(), existsSync(stranger), existsSync(disk)]).toEqual([[], true, true])
  })

  test('is refused while it runs, and nothing is touched', async () => {
    const uuid = await machine(iso(`${media}/ipxe.iso`), { title: 'Mía' })
    virsh('start', uuid)
    const before = await everything()
    await expect(remove(uuid, [`${images}/ipxe.qcow2`])).rejects.toMatchObject({ code: 'in-use', params: { name: 'ipxe' } })
    expect(await everything()).toEqual(before)
    expect(virsh('domstate', uuid).trim()).toBe('running')
  })

  test('takes the variables of UEFI along', async () => {
    const uuid = await machine(iso(`${media}/ipxe.iso`), { firmware: 'uefi' })
    virsh('start', uuid)
    virsh('destroy', uuid)
    const nvram = '/var/lib/libvirt/qemu/nvram/ipxe_VARS.fd'
    expect(existsSync(nvram)).toBe(true)
    await remove(uuid, [])
    expect([machines(), existsSync(nvram), existsSync(`${images}/ipxe.qcow2`)]).toEqual([[], false, true])
  })

  test('of a machine whose document names its variables offers them, ticked', async () => {
    const uuid = await machine(iso(`${media}/ipxe.iso`), { firmware: 'uefi' })
    const nvram = '/var/lib/libvirt/qemu/nvram/named_VARS.fd'
    const document = virsh('dumpxml', uuid, '--inactive').replace(/<os firmware='efi'>[^]*?<\/os>/, `<os><type arch='x86_64' machine='q35'>hvm</type><loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader><nvram>${nvram}</nvram></os>`)
    writeFileSync(`${media}/named.xml`, document)
    virsh('define', `${media}/named.xml`)
    virsh('start', uuid)
    virsh('destroy', uuid)
    expect(existsSync(nvram)).toBe(true)
    expect(await fact(uuid, nvram)).toMatchObject({ device: 'nvram', ticked: true, allowed: true, reason: 'made-for-this' })
    expect(await remove(uuid, [nvram])).toEqual({ removed: [nvram], kept: [] })
    expect([machines(), existsSync(nvram)]).toEqual([[], false])
  })

  test('with an internal snapshot', async () => {
    const uuid = await machine(iso(`${media}/ipxe.iso`))
    virsh('snapshot-create-as', uuid, 'before')
    expect(await remove(uuid, [`${images}/ipxe.qcow2`])).toMatchObject({ removed: [`${images}/ipxe.qcow2`] })
    expect(machines()).toEqual([])
  })

  test('answers the file that cannot be removed, and why', async () => {
    const uuid = await machine(iso(`${media}/ipxe.iso`), inFolderMade())
    execFileSync('mount', ['--bind', disks, disks])
    execFileSync('mount', ['-o', 'remount,bind,ro', disks])
    try {
      expect(await remove(uuid, [`${disks}/ipxe.qcow2`])).toEqual({ removed: [], kept: [{ path: `${disks}/ipxe.qcow2`, reason: 'permission-denied' }] })
    } finally {
      execFileSync('umount', [disks])
    }
    expect(machines()).toEqual([])
    writeFileSync(`${disks}/still`, 'writable')
  })
})

/** The folder of no pool, made. */
function inFolderMade(): typeof inFolder {
  mkdirSync(disks)
  return inFolder
}
