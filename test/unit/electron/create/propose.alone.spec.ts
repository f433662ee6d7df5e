import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPlan, proposePlan } from '../../../../electron/create/plan.ts'
import { mediaInspect, mediaList } from '../../../../electron/images/media.ts'
import type { PlanProposal } from '../../../../shared/model/plan.ts'
import { exampleCapabilities, exampleUuid } from '../../examples.ts'
import { idOf, systemFile } from '../images/systems.ts'
import { makeIso } from '../iso.ts'
import { stubVirsh, type StubAnswer, type VirshStub } from '../virsh-stub.ts'
import { exampleDependencies, said } from './example.ts'

const MiB = 1024 ** 2
const pool = exampleUuid(200)
let stub: VirshStub
let folder: string | undefined
const place = (...names: string[]): string => join(folder ?? '/nonexistent', ...names)
const before = Object.fromEntries(['OSINFO_SYSTEM_DIR', 'OSINFO_LOCAL_DIR', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'].map((name) => [name, process.env[name]]))

const put = (name: string, content: string | Uint8Array): string => {
  mkdirSync(dirname(place(name)), { recursive: true })
  writeFileSync(place(name), content)
  return place(name)
}
const image = (name: string, ...more: readonly string[]): string => {
  mkdirSync(dirname(place(name)), { recursive: true })
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', ...more, place(name), ...(more.length > 0 ? [] : ['64M'])])
  return place(name)
}

beforeAll(() => {
  stub = stubVirsh()
  folder = mkdtempSync(join(tmpdir(), 'vivero-propose-'))
  put('osinfo/os/x.test/one.xml', systemFile(
    { shortId: 'debian11', name: 'Debian 11', version: '11', distro: 'debian', released: '2021-08-14', more: `<resources arch="all"><recommended><n-cpus>3</n-cpus><ram>${1024 * MiB}</ram><storage>${30 * 1024 * MiB}</storage></recommended></resources><media><iso><volume-id>^Debian 11</volume-id></iso></media>` },
    { shortId: 'win11', name: 'Windows 11', released: '2021-10-05', more: '<family>winnt</family><firmware arch="x86_64" type="efi" supported="true"/><firmware arch="x86_64" type="bios" supported="false"/>' },
  ))
  Object.assign(process.env, { OSINFO_SYSTEM_DIR: place('osinfo'), OSINFO_LOCAL_DIR: place('none'), XDG_CONFIG_HOME: place('none'), XDG_DATA_HOME: place('share') })
})
afterAll(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  stub.end()
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

/** A session with the pool "default" in the folder "pool", and machines with these disks. */
function libvirt(machines: Readonly<Record<string, string>> = {}, ...more: readonly StubAnswer[]): void {
  const names = Object.keys(machines)
  stub.answer(
    ...more,
    { when: '^list --all --uuid$', print: names.map((_, index) => `${exampleUuid(index + 1)}\n`).join('') },
    ...names.map((name, index) => ({ when: `^dumpxml --domain=${exampleUuid(index + 1)}`, print: `<domain><name>${name}</name><devices><disk><source file='${machines[name] ?? ''}'/></disk></devices></domain>` })),
    { when: '^pool-list', print: `${pool}\n` },
    { when: '^pool-dumpxml', print: `<pool type='dir'><name>default</name><available unit='GiB'>50</available><target><path>${place('pool')}</path></target></pool>` },
    { when: '^nodememstats', print: 'free   : 4194304 KiB\n' },
  )
}
const deps = () => exampleDependencies({ capabilities: exampleCapabilities(), downloads: place('downloads') })
const propose = (path: string, osId?: string | null): Promise<PlanProposal> => proposePlan(deps(), { connection: 'c1', path, osId })

describe('a proposal for an ISO', () => {
  it('is complete: system, names, sizes, disk, network', async () => {
    libvirt()
    const iso = put('downloads/x.iso', makeIso({ volume: 'Debian 11.6.0 amd64 n', bootable: true }))
    const proposal = await propose(iso)
    expect(proposal.plan).toEqual({
      connection: 'c1', mediaPath: iso, mediaKind: 'iso', osId: idOf('debian11'), title: 'Debian 11', name: 'debian11', memoryKiB: 1024 ** 2, vcpus: 3, diskBytes: 30 * 1024 * MiB, imageUse: null,
      target: { kind: 'pool', pool: 'default' }, createDefaultPool: false, network: { kind: 'user' }, acceleration: 'auto', firmware: 'bios', openConsole: true, firstStart: null,
    })
    expect(proposal).toMatchObject({ system: { name: 'Debian 11' }, kvm: true, uefi: true, freeMemoryKiB: 4 * 1024 ** 2, findings: [], pools: [{ name: 'default', availableBytes: 50 * 1024 ** 3 }] })
  })

  it('keeps the name of a version that the database lacks', async () => {
    libvirt({ debian12: '/x' })
    const proposal = await propose(put('downloads/debian-12.5.0-amd64-netinst.iso', makeIso({ volume: 'OTHER', bootable: true })))
    expect(proposal.plan).toMatchObject({ osId: idOf('debian11'), title: 'Debian 12 2', name: 'debian12-2' })
    expect(said(proposal.findings)).toEqual(['note osId system-nearest'])
  })

  it('tells what is free in the folder of the pool now, whatever libvirt saw at its last refresh', async () => {
    libvirt()
    image('pool/free.qcow2')
    const { pools } = await propose(put('downloads/free.iso', makeIso({ volume: 'X', bootable: true })))
    const { bavail, bsize } = statfsSync(place('pool'))
    expect(pools[0]?.availableBytes).not.toBe(50 * 1024 ** 3)
    expect(Math.abs((pools[0]?.availableBytes ?? 0) - bavail * bsize)).toBeLessThan(1024 ** 3)
  })

  it('follows the system that was chosen instead', async () => {
    libvirt()
    const iso = put('downloads/mine_own.iso', makeIso({ volume: 'X', bootable: true }))
    expect((await propose(iso)).plan).toMatchObject({ osId: null, title: 'mine own', name: 'mine-own', diskBytes: 20 * 1024 * MiB })
    expect((await propose(iso, idOf('win11'))).plan).toMatchObject({ osId: idOf('win11'), title: 'Windows 11', name: 'win11', firmware: 'uefi' })
    expect((await propose(place('downloads/x.iso'), null)).plan).toMatchObject({ osId: null, title: 'x' })
  })

  it('makes the default pool first where there is none', async () => {
    libvirt({}, { when: '^pool-list', print: '' })
    const proposal = await propose(place('downloads/x.iso'))
    expect(proposal).toMatchObject({ plan: { createDefaultPool: true, target: { pool: 'default' } }, defaultPoolPath: place('share/libvirt/images'), pools: [] })
    // what is free here may be less than the system asks for
    expect(proposal.findings.filter(({ level }) => level === 'error')).toEqual([])
  })
})

describe('a proposal for an image', () => {
  it('copies what comes from elsewhere, and uses in place what lies in a pool', async () => {
    libvirt()
    expect((await propose(image('downloads/debian-11.qcow2'))).plan).toMatchObject({ mediaKind: 'disk', imageUse: 'copy', diskBytes: 64 * MiB, title: 'Debian 11' })
    expect((await propose(image('pool/mine.qcow2'))).plan).toMatchObject({ imageUse: 'in-place', diskBytes: null })
  })

  it('copies what another machine uses, or stands on', async () => {
    const base = image('pool/base.qcow2')
    const top = image('pool/top.qcow2', '-b', base, '-F', 'qcow2')
    libvirt({ one: base })
    expect((await propose(base)).plan.imageUse).toBe('copy')
    libvirt({ one: top })
    expect((await propose(base)).plan.imageUse).toBe('copy')
    expect((await propose(top)).media).toMatchObject({ backingPath: base, usedBy: ['one'] })
  })

  it('copies what libvirt could not find again', async () => {
    libvirt()
    expect((await propose(image('pool/tab\there.qcow2'))).plan.imageUse).toBe('copy')
  })

  it('refuses what is none', async () => {
    libvirt()
    await expect(propose(put('downloads/words.txt', 'words'))).rejects.toMatchObject({ code: 'file-wrong-kind', params: { reason: 'unknown' } })
    await expect(propose(place('gone.iso'))).rejects.toMatchObject({ code: 'file-missing' })
  })
})

describe('a plan as it is edited', () => {
  it('is checked as a whole', async () => {
    libvirt({ taken: '/x' })
    const proposed = await propose(place('downloads/x.iso'))
    // Small enough for whatever disk the test runs on.
    const plan = { ...proposed.plan, diskBytes: 2 ** 20 }
    expect(await checkPlan(deps(), plan)).toEqual([])
    const worse = { ...plan, name: 'taken', vcpus: 99, mediaPath: place('gone.iso'), target: { kind: 'pool', pool: 'gone' } } as const
    expect(said(await checkPlan(deps(), worse)).toSorted()).toEqual(['error mediaPath media-missing', 'error name name-taken', 'error target pool-missing', 'error vcpus cpus-over-host'])
  })
})

describe('the media of a connection', () => {
  it('are those of pools, of the downloads and used before, newest first, each once', async () => {
    rmSync(place('downloads'), { recursive: true })
    rmSync(place('pool'), { recursive: true })
    const files = [image('pool/old.qcow2'), put('downloads/new.iso', makeIso({ volume: 'Debian 11' })), put('elsewhere/used.iso', makeIso({ volume: 'X' }))]
    for (const [index, file] of files.entries()) utimesSync(file, 1_000 + index, 1_000 + index)
    put('downloads/notes.txt', 'x')
    put('downloads/broken.iso', 'no ISO')
    put('downloads/empty.qcow2', '')
    symlinkSync(place('pool/old.qcow2'), place('downloads/link.qcow2'))
    libvirt({ one: place('pool/old.qcow2') }, { when: '^vol-list', print: ` old.qcow2   ${place('pool/old.qcow2')}\n gone.qcow2   ${place('pool/gone.qcow2')}\n` }, { when: '^vol-dumpxml.*--vol=old', print: `<volume><name>old.qcow2</name><target><path>${place('pool/old.qcow2')}</path></target></volume>` }, { when: '^vol-dumpxml', fail: 'Storage volume not found' })
    const found = await mediaList(deps().target, { downloads: place('downloads'), recent: [place('elsewhere/used.iso'), place('downloads/new.iso'), place('gone.iso')] })
    expect(found.map(({ path, origin, kind, usedBy, modifiedAt }) => [path.slice(place().length + 1), origin, kind, usedBy.join(), modifiedAt])).toEqual([
      ['elsewhere/used.iso', 'recent', 'iso', '', 1_002],
      ['downloads/new.iso', 'downloads', 'iso', '', 1_001],
      ['pool/old.qcow2', 'pool', 'disk', 'one', 1_000],
    ])
    expect(found[1]?.system?.name).toBe('Debian 11')
  })

  it('are looked into one by one', async () => {
    libvirt()
    expect(await mediaInspect(deps().target, place('pool/old.qcow2'))).toMatchObject({ origin: 'pool', pool: 'default', format: 'qcow2', virtualSizeBytes: 64 * MiB })
    expect(await mediaInspect(deps().target, place('elsewhere/used.iso'))).toMatchObject({ origin: 'picked', pool: null, format: 'iso', bootable: false })
  })

  it('are none where there are no folders', async () => {
    libvirt({}, { when: '^pool-list', print: '' })
    expect(await mediaList(deps().target, { downloads: place('none'), recent: [] })).toEqual([])
  })
})
