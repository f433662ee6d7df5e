import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { difference } from '../../harness/index.ts'
import { clear, create, disks, everything, image, images, iso, lines, media, MiB, openBench, propose, root, virsh, watched, type Bench, type Interference } from './support.ts'

let bench: Bench
beforeEach(async () => {
  clear()
  bench = await openBench()
})
afterAll(clear)

const network: MachinePlan['network'] = { kind: 'network', name: 'default' }

/** What happened to a creation in whose way something real was put: its error, and what is left of it. */
async function fail(plan: MachinePlan, interference: Interference, mend: () => void = () => undefined) {
  const before = await everything()
  const seen = watched()
  const problem: unknown = await create(bench, plan, seen, interference).then(() => null, (error: unknown) => error)
  mend()
  return { problem, left: difference(before, await everything()), steps: seen.steps.map((step) => step.key.replace('creation:step.', '')) }
}

/** Does something once, as the step begins. */
const at = (step: string, disturb: () => void): Interference => ({ at: (name) => (name === step ? disturb() : undefined) })

describe('a creation that fails leaves nothing', () => {
  const isoPlan = async (change: Partial<MachinePlan> = {}) => (await propose(bench, iso(`${media}/ipxe.iso`), { network, ...change })).plan
  const other = `<pool type='dir'><name>default</name><target><path>${disks}</path></target></pool>`

  test('where the pool is defined: somebody else’s has the name by now, and stays', async () => {
    writeFileSync(`${root.home}/other.xml`, other)
    const { problem, left, steps } = await fail(await isoPlan(), at('pool-define', () => virsh('pool-define', `${root.home}/other.xml`)))
    expect(problem).toMatchObject({ code: 'name-taken' })
    expect(steps).toEqual(['pool-define', 'undo'])
    expect(left).toEqual([expect.stringContaining('+ file /etc/libvirt/storage/default.xml'), '+ pool qemu:///system default'])
    expect(virsh('pool-dumpxml', 'default')).toContain(disks)
    rmSync(`${root.home}/other.xml`)
  })

  test('where its folder is made: nobody may write there', async () => {
    const plan = await isoPlan()
    const above = '/var/lib/libvirt'
    const close = () => {
      rmdirSync(images)
      execFileSync('sh', ['-c', `mount --bind ${above} ${above} && mount -o remount,bind,ro ${above}`])
    }
    const { problem, left, steps } = await fail(plan, at('pool-build', close), () => {
      execFileSync('umount', [above])
      mkdirSync(images)
    })
    expect(problem).toMatchObject({ name: 'AppError' })
    expect(left).toEqual([])
    expect(steps).toEqual(['pool-define', 'pool-build', 'undo'])
  })

  test('where the pool starts: a file has the folder’s name, and stays', async () => {
    const plan = await isoPlan()
    rmdirSync(images)
    const result = await fail(plan, at('pool-start', () => (rmdirSync(images), writeFileSync(images, 'mine'))), () => {
      expect(readFileSync(images, 'utf8')).toBe('mine')
      rmSync(images)
    })
    mkdirSync(images)
    expect(result.problem).toMatchObject({ name: 'AppError' })
    expect(result.left).toEqual([])
    expect(result.steps).toEqual(['pool-define', 'pool-build', 'pool-start', 'undo'])
  })

  test('where the pool starts: its folder is gone', async () => {
    const plan = await isoPlan()
    const { problem, left } = await fail(plan, at('pool-start', () => rmdirSync(images)), () => mkdirSync(images))
    expect(problem).toMatchObject({ name: 'AppError' })
    expect(left).toEqual([])
  })

  test('where it is to start by itself: its place is taken', async () => {
    const link = '/etc/libvirt/storage/autostart/default.xml'
    const { problem, left, steps } = await fail(await isoPlan(), at('pool-autostart', () => mkdirSync(`${link}/x`, { recursive: true })), () => rmSync(link, { recursive: true }))
    expect(problem).toMatchObject({ name: 'AppError' })
    expect(left.filter((line) => !line.includes('/autostart'))).toEqual([])
    expect(steps).toEqual(['pool-define', 'pool-build', 'pool-start', 'pool-autostart', 'undo'])
  })

  test('where the disk is made: a file has its name by now, and stays', async () => {
    const { problem, left } = await fail(await isoPlan(), at('disk', () => writeFileSync(`${images}/ipxe.qcow2`, 'mine')))
    expect(problem).toMatchObject({ code: 'already-exists', params: { path: `${images}/ipxe.qcow2` } })
    expect(left).toEqual([`+ file ${images}/ipxe.qcow2 4 bytes`])
    expect(readFileSync(`${images}/ipxe.qcow2`, 'utf8')).toBe('mine')
  })

  test('where the disk is made: its pool is gone by now, which is said', async () => {
    virsh('pool-create-as', 'default', 'dir', '--target', images)
    const { problem, left } = await fail(await isoPlan(), at('disk', () => virsh('pool-destroy', 'default')))
    expect(problem).toMatchObject({ code: 'invalid-input', params: { field: 'target', finding: 'pool-missing', pool: 'default' } })
    expect(left).toEqual(['- pool qemu:///system default'])
  })

  test('where a pool that was off is on by now it goes on, and what fails later leaves that pool on', async () => {
    virsh('pool-define-as', 'default', 'dir', '--target', images)
    const plan = await isoPlan()
    const spoil: Interference = { at: (name) => void (name === 'pool-start' ? virsh('pool-start', 'default') : name === 'start' && rmSync(plan.mediaPath)) }
    const { problem, left, steps } = await fail(plan, spoil, () => iso(plan.mediaPath))
    expect(problem).toMatchObject({ name: 'AppError' })
    expect(steps).toEqual(['pool-start', 'disk', 'network-start', 'define', 'start', 'undo'])
    expect(left).toEqual([])
    expect(lines(virsh('pool-list', '--name'))).toEqual(['default'])
  })

  test('the same in a folder of no pool', async () => {
    mkdirSync(disks)
    const plan = await isoPlan({ target: { kind: 'folder', path: disks }, createDefaultPool: false })
    const { problem, left } = await fail(plan, at('disk', () => writeFileSync(`${disks}/ipxe.qcow2`, 'mine')))
    expect(problem).toMatchObject({ code: 'already-exists' })
    expect(left).toEqual([`+ file ${disks}/ipxe.qcow2 4 bytes`])
  })

  test('where the network starts: its address is taken', async () => {
    const taken = () => execFileSync('sh', ['-c', 'ip link add virbr0 type bridge && ip addr add 192.168.122.1/24 dev virbr0 && ip link set virbr0 up'])
    const { problem, left, steps } = await fail(await isoPlan(), at('network-start', taken), () => execFileSync('ip', ['link', 'del', 'virbr0']))
    expect(problem).toMatchObject({ name: 'AppError' })
    expect(left).toEqual([])
    expect(steps.slice(-2)).toEqual(['network-start', 'undo'])
  })

  test('where the machine is defined: another has its name by now, and stays', async () => {
    const document = `<domain type='qemu'><name>ipxe</name><memory>1024</memory><os><type>hvm</type></os></domain>`
    writeFileSync(`${root.home}/other.xml`, document)
    const { problem, left } = await fail(await isoPlan(), at('define', () => virsh('define', `${root.home}/other.xml`)))
    expect(problem).toMatchObject({ code: 'name-taken' })
    expect(left.filter((line) => !line.includes('ipxe'))).toEqual([])
    expect(lines(virsh('list', '--all', '--name'))).toEqual(['ipxe'])
    expect(existsSync(`${images}/ipxe.qcow2`)).toBe(false)
    expect(lines(virsh('net-list'))).toEqual([])
    rmSync(`${root.home}/other.xml`)
  })

  test('where it starts: the ISO is gone', async () => {
    const plan = await isoPlan()
    const { problem, left, steps } = await fail(plan, at('start', () => rmSync(plan.mediaPath)), () => iso(plan.mediaPath))
    expect(problem).toMatchObject({ name: 'AppError', remedies: [] })
    expect(left).toEqual([])
    expect(steps).toEqual(['pool-define', 'pool-build', 'pool-start', 'pool-autostart', 'disk', 'network-start', 'define', 'start', 'undo'])
    expect(lines(virsh('net-list'))).toEqual([])
  })

  test('of UEFI and a TPM neither', async () => {
    const plan = await isoPlan({ osId: 'http://microsoft.com/win/11', firmware: 'uefi' })
    const { problem, left } = await fail(plan, at('start', () => rmSync(plan.mediaPath)), () => iso(plan.mediaPath))
    expect(problem).toMatchObject({ name: 'AppError' })
    expect(left).toEqual([])
  })

  test('where a copy finds the disk full', async () => {
    const path = image(`${media}/big.qcow2`)
    execFileSync('qemu-io', ['-c', 'write -P 7 0 48M', path])
    mkdirSync(disks)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disks])
    try {
      const { plan, findings } = await propose(bench, path, { target: { kind: 'folder', path: disks }, createDefaultPool: false, imageUse: 'copy' })
      expect(findings.every((finding) => finding.level !== 'error')).toBe(true)
      const { problem, left } = await fail(plan, {})
      expect(problem).toMatchObject({ code: 'disk-full' })
      expect(left).toEqual([])
    } finally {
      execFileSync('umount', [disks])
    }
  })

  test('where the image to copy is gone', async () => {
    const path = image(`${media}/a.qcow2`)
    const { plan } = await propose(bench, path)
    const { problem, left } = await fail(plan, at('copy', () => rmSync(path)), () => image(path))
    expect(problem).toMatchObject({ name: 'AppError' })
    expect(left.filter((line) => !line.includes(path))).toEqual([])
  })
})

describe('a creation that is cancelled leaves nothing', () => {
  const steps = ['pool-define', 'pool-build', 'pool-start', 'pool-autostart', 'disk', 'network-start', 'define', 'start']

  test.each(steps)('as the step "%s" begins', async (step) => {
    const { plan } = await propose(bench, iso(`${media}/ipxe.iso`), { network })
    const { problem, left } = await fail(plan, { at: (name, abort) => (name === step ? abort() : undefined) })
    expect(problem).toMatchObject({ code: 'cancelled' })
    expect(left).toEqual([])
    expect(lines(virsh('net-list'))).toEqual([])
  })

  test('in the middle of a copy, whose process ends at once', async () => {
    const path = image(`${media}/big.qcow2`, '2G')
    execFileSync('sh', ['-c', `head -c 32M /dev/urandom > ${media}/noise.raw && qemu-img convert -f raw -O qcow2 ${media}/noise.raw ${path} && rm ${media}/noise.raw`])
    const { plan } = await propose(bench, path)
    // as to a slow disk: some seconds, of which the first is enough
    const programs = join(root.home, 'slow')
    mkdirSync(programs)
    writeFileSync(join(programs, 'qemu-img'), '#!/bin/sh\n[ "$1" != convert ] || { shift; set -- convert -r 4M "$@"; }\nexec /usr/bin/qemu-img "$@"\n', { mode: 0o755 })
    const before = process.env['PATH']
    process.env['PATH'] = `${programs}:${before ?? ''}`
    const percents: number[] = []
    const { problem, left } = await fail(plan, { onPercent: (percent, abort) => void (percents.push(percent), percent > 5 && abort()) }).finally(() => {
      process.env['PATH'] = before
      rmSync(programs, { recursive: true })
    })
    expect(problem).toMatchObject({ code: 'cancelled' })
    expect(percents.at(-1)).toBeLessThan(100)
    expect(left).toEqual([])
    expect(bench.commands.some((command) => command.line.startsWith('qemu-img convert') && !command.ok)).toBe(true)
    expect(() => execFileSync('pgrep', ['-f', `qemu-img convert.*${images}/big.qcow2`])).toThrow()
  })
})

test('a creation that is asked for twice at once is made once, in a pool that stays, and the other leaves nothing', async () => {
  const { plan } = await propose(bench, iso(`${media}/ipxe.iso`), { network: { kind: 'none' } })
  const both = await Promise.allSettled([create(bench, plan), create(bench, plan)])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(lines(virsh('list', '--name'))).toEqual([plan.name])
  expect(lines(virsh('pool-list', '--name', '--autostart'))).toEqual(['default'])
  expect(readdirSync(images)).toEqual([`${plan.name}.qcow2`])
})

test('what cannot be taken back is named, as commands', async () => {
  const path = image(`${media}/a.qcow2`)
  const { plan } = await propose(bench, path, { target: { kind: 'folder', path: disks }, createDefaultPool: false, imageUse: 'copy', diskBytes: 65 * MiB })
  mkdirSync(disks)
  const problem: unknown = await create(bench, plan, watched(), {
    at: (name, abort) => {
      if (name !== 'define') return
      // nobody, not even root, can remove the disk from a folder that may not change
      execFileSync('mount', ['--bind', disks, disks])
      execFileSync('mount', ['-o', 'remount,bind,ro', disks])
      abort()
    },
  }).catch((error: unknown) => error)
  execFileSync('umount', [disks])
  expect(problem).toMatchObject({ code: 'cancelled', remedies: [{ name: 'undo-by-hand', command: `rm -f ${disks}/a.qcow2` }] })
})
