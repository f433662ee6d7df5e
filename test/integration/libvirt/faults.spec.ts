/** Faults as libvirt and QEMU really have them, and what the app makes of them. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { connectionOpen } from '../../../electron/libvirt/connection.ts'
import { domainDefine, domainDestroy, domainStart, domainUndefine, domainSummary } from '../../../electron/libvirt/domain/index.ts'
import { errorFromOutput } from '../../../electron/libvirt/errors.ts'
import { networkDefine, networkStart, networkUndefine, networkDestroy } from '../../../electron/libvirt/network/index.ts'
import { poolBuild, poolDefine, poolDelete, poolDestroy, poolStart, poolUndefine, poolVolumes } from '../../../electron/libvirt/pool/index.ts'
import { virshRead, virshWrite } from '../../../electron/libvirt/virsh.ts'
import { volumeCreate } from '../../../electron/libvirt/volume/index.ts'
import { asUser } from '../../harness/user.ts'
import { folder, logging, machine, network } from './objects.ts'

const target = logging()
const place = folder('faults')
afterAll(() => rmSync(place, { recursive: true, force: true }))

const absent = '11111111-2222-3333-4444-555555555555'
const image = (name: string): string => {
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', join(place, name), '1M'])
  execFileSync('chmod', ['666', join(place, name)])
  return join(place, name)
}
const withDisk = (name: string, path: string): string => machine(name, { disks: [{ device: 'disk', target: 'vda', bus: 'virtio', path, format: 'qcow2' }] })

/** Defines, expects the start to fail so, and takes the machine away. */
async function startFails(xml: string, expected: object): Promise<void> {
  const uuid = await domainDefine(target, xml)
  try {
    await expect(domainStart(target, uuid)).rejects.toMatchObject(expected)
    expect(await domainSummary(target, uuid)).toMatchObject({ state: 'shutoff' })
  } finally {
    await domainUndefine(target, uuid)
  }
}

describe('connections', () => {
  it.each([
    ['qemu:///sesion', { code: 'uri-invalid', params: { hint: 'qemu:///session' } }],
    ['qemu+unix:///system?socket=/nowhere', { code: 'daemon-down', params: { path: '/nowhere' } }],
    ['xen:///system', { code: 'uri-invalid' }],
    ['test:///nowhere.xml', { code: 'file-wrong-kind', params: { path: '/nowhere.xml' } }],
  ])('%s', async (uri, expected) => {
    await expect(connectionOpen({ uri, connection: 'x' })).rejects.toMatchObject(expected)
  })

  it('without virsh', async () => {
    const path = process.env['PATH']
    process.env['PATH'] = '/nowhere'
    try {
      await expect(connectionOpen(target)).rejects.toMatchObject({ code: 'virsh-missing' })
    } finally {
      process.env['PATH'] = path
    }
  })

  it('that a stranger may not use', async () => {
    const { stderr, code } = await asUser('extrana').exec(['virsh', '-q', '-c', 'qemu:///system', 'list'])
    expect(code).toBe(1)
    expect(errorFromOutput(stderr, 'qemu:///system')).toMatchObject({ code: 'auth-denied', remedies: [{ name: 'join-group' }] })
  })

  it('that answer tell what their host can give', async () => {
    const { versions, capabilities } = await connectionOpen(target)
    expect(versions).toMatchObject({ libvirt: expect.stringMatching(/^\d+\.\d+\.\d+$/), hypervisor: expect.stringMatching(/^QEMU /) })
    expect(capabilities).toMatchObject({ arch: 'x86_64', machineTypes: expect.arrayContaining(['q35']), uefi: true })
    expect(capabilities?.freeMemoryKiB).toBeGreaterThan(0)
    expect(await connectionOpen({ uri: 'test:///default', connection: 't' })).toMatchObject({ capabilities: { kvm: false, kvmReason: 'none', cpus: 16, memoryKiB: 3_145_728 } })
  })
})

describe('machines that do not start', () => {
  it('for a missing disk', async () => startFails(withDisk('missing', '/nowhere/d.qcow2'), { code: 'file-missing', params: { path: '/nowhere/d.qcow2' } }))

  it('for a disk that may not be read', async () => {
    const path = image('closed.qcow2')
    execFileSync('chmod', ['700', place])
    await startFails(withDisk('closed', path), { code: 'file-unreadable', params: { path } })
    execFileSync('chmod', ['755', place])
  })

  it('for a disk that another machine uses', async () => {
    const path = image('shared.qcow2')
    const first = await domainDefine(target, withDisk('first', path))
    await domainStart(target, first)
    await startFails(withDisk('second', path), { code: 'locked' })
    await domainDestroy(target, first)
    await domainUndefine(target, first)
  })

  it('for a base image that is gone', async () => {
    const base = image('base.qcow2')
    const child = join(place, 'child.qcow2')
    execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', base, '-F', 'qcow2', child])
    rmSync(base)
    await startFails(withDisk('orphan', child), { code: 'base-missing', params: { path: base, child } })
  })

  it('for a disk of another format', async () => {
    const path = join(place, 'raw.qcow2')
    execFileSync('qemu-img', ['create', '-q', '-f', 'raw', path, '1M'])
    await startFails(withDisk('raw', path), { code: 'file-wrong-kind' })
  })

  it('for a network or a bridge that does not exist', async () => {
    await startFails(machine('nonet', { network: { type: 'network', network: 'no net' } }), { code: 'network-missing', params: { name: 'no net' } })
    await startFails(machine('nobridge', { network: { type: 'bridge', bridge: 'br99' } }), { code: 'bridge-missing', params: { bridge: 'br99' } })
  })

  it('for memory that the host does not have', async () => {
    // several at once: on a busy host libvirt often says nothing but that QEMU ended, and its log tells why
    const big = (name: string): string => machine(name, { change: { memoryKiB: 2 ** 36 } })
    const names = Array.from({ length: 8 }, (_, index) => `big ${index}`)
    await Promise.all(names.map((name) => startFails(big(name), { code: 'memory-short', detail: expect.stringContaining('cannot set up guest memory') })))
  })
})

describe('names and documents', () => {
  it('that are taken or wrong', async () => {
    const uuid = await domainDefine(target, machine('taken'))
    await expect(domainDefine(target, machine('taken'))).rejects.toMatchObject({ code: 'name-taken', params: { name: 'taken' } })
    await domainUndefine(target, uuid)
    await expect(domainDefine(target, '<domain><name>x</name></domain>')).rejects.toMatchObject({ code: 'xml-invalid' })
    await expect(domainDefine(target, '<network/>')).rejects.toMatchObject({ code: 'xml-invalid' })
  })

  it('that need KVM are taken where it is offered, and refused with that reason where it is not', async () => {
    const { capabilities } = await connectionOpen(target)
    const defined = domainDefine(target, machine('kvm', { change: { virtType: 'kvm', cpu: 'host-passthrough' } }))
    if (capabilities?.kvm) await domainUndefine(target, await defined)
    else await expect(defined).rejects.toMatchObject({ code: 'no-kvm' })
    expect(capabilities?.kvmReason === null).toBe(capabilities?.kvm)
  })

  it('of objects that are gone', async () => {
    await expect(domainStart(target, absent)).rejects.toMatchObject({ code: 'not-found' })
    await expect(poolStart(target, absent)).rejects.toMatchObject({ code: 'not-found' })
    await expect(domainSummary(target, absent)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('networks and pools', () => {
  it('that cannot start or are on already', async () => {
    const one = await networkDefine(target, network('one'))
    await networkStart(target, one)
    await expect(networkStart(target, one)).rejects.toMatchObject({ code: 'already-active' })
    await networkDestroy(target, one)
    await expect(networkDestroy(target, one)).rejects.toMatchObject({ code: 'network-inactive' })
    await networkUndefine(target, one)
  })

  it('of a user session, which may make no bridge', async () => {
    const alumna = asUser('alumna')
    const session = ['-c', 'qemu:///session']
    await alumna.exec(['sh', '-c', "echo '<network><name>mine</name></network>' > /tmp/mine.xml"])
    await alumna.virsh([...session, 'net-define', '/tmp/mine.xml'])
    const { stderr } = await alumna.exec(['virsh', '-q', ...session, 'net-start', 'mine'])
    expect(errorFromOutput(stderr, 'qemu:///session')).toMatchObject({ code: 'network-forbidden' })
    await alumna.virsh([...session, 'net-undefine', 'mine'])
    await alumna.exec(['rm', '/tmp/mine.xml'])
  })

  it('whose folder is missing, taken or not empty', async () => {
    const path = join(place, 'pool dir')
    const uuid = await poolDefine(target, { name: 'folder', path })
    await expect(poolStart(target, uuid)).rejects.toMatchObject({ code: 'folder-missing', params: { path }, remedies: [{ name: 'make-folder', command: `mkdir -p -- '${path}'` }] })
    await expect(poolDefine(target, { name: 'again', path })).rejects.toMatchObject({ code: 'pool-conflict', params: { pool: 'folder' } })
    await expect(poolDefine(target, { name: 'folder', path: '/other' })).rejects.toMatchObject({ code: 'name-taken' })
    await expect(poolVolumes(target, uuid, false)).rejects.toMatchObject({ code: 'pool-inactive', params: { pool: 'folder' } })
    await poolBuild(target, uuid)
    await poolStart(target, uuid)
    await volumeCreate(target, uuid, { name: 'v', format: 'raw', capacityBytes: 1 })
    await expect(volumeCreate(target, uuid, { name: 'v', format: 'raw', capacityBytes: 1 })).rejects.toMatchObject({ code: 'name-taken', params: { name: 'v' } })
    await expect(poolUndefine(target, uuid)).rejects.toMatchObject({ code: 'in-use' })
    await poolDestroy(target, uuid)
    await expect(poolDelete(target, uuid)).rejects.toMatchObject({ code: 'folder-not-empty', params: { path } })
    await poolUndefine(target, uuid)
  })

  it('on a full disk', async () => {
    const path = join(place, 'full')
    mkdirSync(path)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path])
    const uuid = await poolDefine(target, { name: 'full', path })
    await poolStart(target, uuid)
    await expect(volumeCreate(target, uuid, { name: 'v', format: 'qcow2', capacityBytes: 2 ** 40 })).rejects.toMatchObject({ code: 'disk-full' })
    expect(await poolVolumes(target, uuid, true)).toEqual([])
    await poolDestroy(target, uuid)
    await poolUndefine(target, uuid)
    execFileSync('umount', [path])
  })
})

describe('commands', () => {
  it('that take too long or are called off are ended', async () => {
    await expect(virshRead(target, [['event', '--event', 'lifecycle', '--loop']], { timeoutMs: 300 })).rejects.toMatchObject({ code: 'timeout', params: { program: 'virsh' } })
    const controller = new AbortController()
    const reading = virshRead(target, [['event', '--event', 'lifecycle', '--loop']], { signal: controller.signal })
    controller.abort()
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
    const left = execFileSync('sh', ['-c', 'pgrep -fc "[e]vent --event lifecycle" || true'], { encoding: 'utf8' })
    expect(left.trim()).toBe('0')
  })

  it('that fail leave the reason in the log', async () => {
    const own = logging()
    await expect(virshWrite(own, ['start', `--domain=${absent}`])).rejects.toMatchObject({ code: 'not-found' })
    expect(own.lines).toEqual([`virsh -c qemu:///system start --domain=${absent}`])
    expect(own.errors).toEqual([expect.stringContaining(absent)])
  })
})
