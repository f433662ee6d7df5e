import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backingChain, baseFromHeader, basePath, realPath } from '../../../../electron/images/backing.ts'
import { hasMediaExtension, kindOfName, readFileKind, readQcow2Base } from '../../../../electron/images/disk-header.ts'
import { inspectFile, readableFile, shownSystem } from '../../../../electron/images/inspect.ts'
import { filesOf, poolsOf, usageOf, type MachineFiles } from '../../../../electron/images/usage.ts'
import { parseXml } from '../../../../electron/libvirt/xml/document.ts'
import { document } from '../../fixtures.ts'
import { exampleSystem, exampleUuid } from '../../examples.ts'
import { makeIso } from '../iso.ts'
import { makeQcow2 } from '../qcow2.ts'

let folder: string | undefined
const place = (...names: string[]): string => join(folder ?? '/nonexistent', ...names)
const put = async (name: string, content: string | Uint8Array): Promise<string> => {
  await mkdir(dirname(place(name)), { recursive: true })
  await writeFile(place(name), content)
  return place(name)
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-media-'))
})
afterAll(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true })
})

const start = (bytes: string, size = 2048): Buffer => Buffer.concat([Buffer.from(bytes, 'latin1'), Buffer.alloc(Math.max(0, size - bytes.length))])
const at = (offset: number, bytes: string, size = 2048): Buffer => {
  const made = Buffer.alloc(size)
  made.write(bytes, offset, 'latin1')
  return made
}

describe('what a file is', () => {
  it.each([
    ['a.bin', start('QFI\xfb\0\0\0\x03'), { kind: 'disk', format: 'qcow2' }],
    ['a.qcow', start('QFI\xfb\0\0\0\x01'), { kind: 'disk', format: 'qcow' }],
    ['a.bin', start('QED\0'), { kind: 'disk', format: 'qed' }],
    ['a.bin', start('KDMV'), { kind: 'disk', format: 'vmdk' }],
    ['a.bin', start('COWD'), { kind: 'disk', format: 'vmdk' }],
    ['a.vmdk', start('# Disk DescriptorFile\nversion=1'), { kind: 'disk', format: 'vmdk' }],
    ['a.bin', start('conectix'), { kind: 'disk', format: 'vpc' }],
    ['a.bin', start('vhdxfile'), { kind: 'disk', format: 'vhdx' }],
    ['a.bin', at(0x40, '\x7f\x10\xda\xbe'), { kind: 'disk', format: 'vdi' }],
    ['a.vhd', start('fixed'), { kind: 'disk', format: 'vpc' }],
    ['a.bin', at(510, '\x55\xaa'), { kind: 'disk', format: 'raw' }],
    ['a.bin', at(512, 'EFI PART'), { kind: 'disk', format: 'raw' }],
    ['a.img', start('nothing known'), { kind: 'disk', format: 'raw' }],
    ['A.RAW', start('x', 1), { kind: 'disk', format: 'raw' }],
    ['a.iso', makeIso({ volume: 'V' }), { kind: 'iso', header: { volume: 'V' } }],
    ['no extension', makeIso({ volume: 'V' }), { kind: 'iso' }],
    ['udf.iso', at(32769, 'BEA01', 40_000), { kind: 'iso', header: null }],
    ['a.img', '', { kind: 'other', reason: 'empty' }],
    ['a.img', start('\x1f\x8b'), { kind: 'other', reason: 'compressed' }],
    ['a.qcow2.xz', start('\xfd7zXZ'), { kind: 'other', reason: 'compressed' }],
    ['a.raw', start('\x28\xb5\x2f\xfd'), { kind: 'other', reason: 'compressed' }],
    ['a.iso', start('PK\x03\x04'), { kind: 'other', reason: 'compressed' }],
    ['a.qcow2', start('plain words'), { kind: 'other', reason: 'unknown' }],
    ['a.iso', start('plain words'), { kind: 'other', reason: 'unknown' }],
    ['a.txt', start('plain words'), { kind: 'other', reason: 'unknown' }],
  ])('%s %#', async (name, content, kind) => {
    expect(await readFileKind(await put(`kinds/${name}`, content))).toMatchObject(kind)
  })

  it('is guessed from its name where it cannot be read', () => {
    expect(['a.ISO', 'a.qcow2', 'a.IMG', 'a.vdi', 'a.txt', 'iso', '.iso', 'a.iso.gz'].map(kindOfName)).toEqual(['iso', 'disk', 'disk', 'disk', null, null, null, null])
    expect(['a.iso', 'a.raw', 'a.txt', 'a.qcow2.part'].map(hasMediaExtension)).toEqual([true, true, false, false])
  })

  it('that is not there says so', async () => {
    await expect(readFileKind(place('gone'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('a file that is going to be looked into', () => {
  it('is refused for what it is', async () => {
    await expect(readableFile(place('gone'))).rejects.toMatchObject({ code: 'file-missing', params: { path: place('gone') } })
    await expect(readableFile(join(await put('plain', 'x'), 'under'))).rejects.toMatchObject({ code: 'file-missing' })
    await expect(readableFile(place())).rejects.toMatchObject({ code: 'file-wrong-kind', params: { reason: 'folder' } })
    await expect(readableFile('/dev/null')).rejects.toMatchObject({ code: 'file-wrong-kind', params: { reason: 'device' } })
  })

  const context = async () => ({ origin: 'picked' as const, poolsByFolder: new Map([[place('pool'), 'p']]), usage: await usageOf([]) })

  it('is an ISO with what its header says', async () => {
    const path = await put('pool/debian-live-12.iso', makeIso({ volume: 'X', bootable: true }))
    expect((await inspectFile(path, await context())).media).toMatchObject({ path, kind: 'iso', format: 'iso', pool: 'p', bootable: true, virtualSizeBytes: null, sizeBytes: makeIso({ volume: 'X', bootable: true }).length })
  })

  it('is refused with the reason why it is none', async () => {
    await expect(inspectFile(await put('x.qcow2.gz', start('\x1f\x8b')), await context())).rejects.toMatchObject({ code: 'file-wrong-kind', params: { reason: 'compressed' } })
  })

  it('is shown under the name of the version that was meant', () => {
    expect(shownSystem({ system: exampleSystem, label: 'Debian 12', shortLabel: 'debian12', exact: false, live: null })).toEqual({ ...exampleSystem, name: 'Debian 12', shortId: 'debian12' })
    expect(shownSystem(null)).toBeNull()
  })
})

describe('the base of an overlay', () => {
  it.each([
    ['base.qcow2', '/a/base.qcow2'],
    ['../b/base', '/b/base'],
    ['/x/y', '/x/y'],
    ['file:/x/y', '/x/y'],
    ['file:rel', '/a/rel'],
    ['json:{"driver":"qcow2","file":{"driver":"file","filename":"/j"}}', '/j'],
    ['json:{"file.filename":"rel"}', '/a/rel'],
    ['json:{"driver":"nbd"}', null],
    ['json:nonsense', null],
    ['nbd://host/x', null],
    ['https://host/x', null],
    ['rbd:pool/x', null],
    ['./with:colon', '/a/with:colon'],
  ])('named %s is %s', (name, path) => {
    expect(basePath(name, '/a/over.qcow2')).toBe(path)
  })

  it('stands in the header of a qcow2', async () => {
    expect(await readQcow2Base(await put('over', makeQcow2('base ñ')))).toBe('base ñ')
    expect(await readQcow2Base(await put('alone', makeQcow2(null)))).toBeNull()
    expect(await readQcow2Base(await put('words', 'QFI no'))).toBeNull()
    expect(await readQcow2Base(await put('long', makeQcow2('x', 5_000)))).toBeNull()
    expect(await readQcow2Base(place())).toBeNull()
    expect(await readQcow2Base(place('gone'))).toBeNull()
  })

  it('may have a base too, links resolved', async () => {
    await put('chain/one', makeQcow2('link'))
    await put('chain/two', makeQcow2(place('chain/three')))
    await symlink('two', place('chain/link'))
    expect(await backingChain(place('chain/one'))).toEqual([await realPath(place('chain/two')), place('chain/three')])
    expect(await baseFromHeader(place('chain/one'))).toBe(place('chain/link'))
  })

  it('in a circle ends', async () => {
    await put('circle/a', makeQcow2('b'))
    await put('circle/b', makeQcow2('a'))
    expect(await backingChain(place('circle/a'))).toEqual([place('circle/b'), place('circle/a')])
    const endless = await backingChain('/0', async (path) => `/${Number(path.slice(1)) + 1}`)
    expect(endless.length).toBeLessThanOrEqual(64)
  })
})

describe('the files that a machine names', () => {
  it('of a running one, with the bases that libvirt shows', () => {
    expect(filesOf(document('domain/rich-live.xml'))).toEqual([
      { path: '/home/aula/images/over.qcow2', role: 'disk' }, { path: '/home/aula/images/ñ d.qcow2', role: 'base' }, { path: '/home/aula/images/i.iso', role: 'cdrom' },
    ])
    expect(filesOf(document('domain/uefi-live.xml'))).toEqual([
      { path: '/var/lib/libvirt/qemu/nvram/uefi_VARS.fd', role: 'nvram' }, { path: '/usr/share/OVMF/OVMF_CODE_4M.ms.fd', role: 'boot' },
    ])
  })

  it('in other ways', () => {
    const domain = parseXml(`<domain><os><kernel>/k</kernel><initrd>/i</initrd><nvram type='file'><source file='/n'/></nvram></os><devices>
      <disk type='block'><source dev='/dev/sdb'/></disk><disk type='volume'><source pool='p' volume='v'/></disk><disk type='volume'><source pool='gone' volume='v'/></disk>
      <disk type='network'><source protocol='nbd' name='x'/></disk><disk device='floppy'/><disk><source file='/a'/><mirror><source file='/m'/></mirror></disk></devices></domain>`)
    expect(filesOf(domain, new Map([['p', '/pool']])).map(({ path, role }) => `${role} ${path}`)).toEqual([
      'disk /dev/sdb', 'disk /pool/v', 'disk /a', 'disk /m', 'nvram /n', 'boot /k', 'boot /i',
    ])
    expect(poolsOf(domain)).toEqual(['p', 'gone'])
  })
})

describe('who uses a file', () => {
  const machine = (number: number, ...files: MachineFiles['files']): MachineFiles => ({ uuid: exampleUuid(number), name: `m${number}`, title: null, files, pools: [] })
  const names = (machines: readonly MachineFiles[]): string[] => machines.map((one) => one.name)

  it('is found by whatever way the file is named', async () => {
    await put('use/disk', 'x')
    await symlink('disk', place('use/link'))
    const usage = await usageOf([machine(1, { path: place('use/link'), role: 'disk' }), machine(2, { path: place('use/disk'), role: 'cdrom' })])
    expect(names(await usage.usersOf(place('use/../use/disk')))).toEqual(['m1', 'm2'])
    expect(names(await usage.usersOf(place('use/other')))).toEqual([])
  })

  it('includes whoever stands on it, by the headers or by libvirt’s word', async () => {
    await put('above/base', 'x')
    await put('above/middle', makeQcow2('base'))
    await put('above/top', makeQcow2('middle'))
    const usage = await usageOf([
      machine(1, { path: place('above/top'), role: 'disk' }),
      machine(2, { path: '/elsewhere', role: 'disk' }, { path: place('above/base'), role: 'base' }),
      machine(3, { path: place('above/top'), role: 'cdrom' }),
    ])
    expect(names(await usage.machinesAbove(place('above/base')))).toEqual(['m1', 'm2'])
    expect(names(await usage.machinesAbove(place('above/middle')))).toEqual(['m1'])
    expect(names(await usage.usersOf(place('above/base')))).toEqual([])
  })

  it('takes another’s word for files that this user cannot read', async () => {
    const usage = await usageOf([machine(1, { path: '/hidden', role: 'lun' })], async (path) => (path === '/hidden' ? '/base' : null))
    expect(names(await usage.machinesAbove('/base'))).toEqual(['m1'])
  })

  it('names a machine once', async () => {
    const usage = await usageOf([machine(1, { path: '/x', role: 'disk' }, { path: '/x', role: 'cdrom' })])
    expect(names(await usage.usersOf('/x'))).toEqual(['m1'])
  })
})

describe('a large file', () => {
  it('is told by its beginning', async () => {
    await put('large.img', '')
    await truncate(place('large.img'), 50 * 1024 ** 3)
    expect(await readFileKind(place('large.img'))).toEqual({ kind: 'disk', format: 'raw' })
  })
})
