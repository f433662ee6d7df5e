import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { previewCommands } from '../../../electron/create/run.ts'
import { mediaInspect, mediaList } from '../../../electron/images/media.ts'
import { clear, create, createOff, disks, image, images, iso, media, openBench, propose, virsh, type Bench } from './support.ts'

let bench: Bench
beforeEach(async () => {
  clear()
  bench = await openBench()
})
afterAll(clear)

const list = (recent: readonly string[] = []) => mediaList(bench.deps.target, { downloads: media, recent })
const aged = (path: string, seconds: number): string => {
  utimesSync(path, seconds, seconds)
  return path
}
const hostile = ['a\nb.qcow2', 'tab\there.qcow2', " lead'quote\".qcow2", '-dash.qcow2', '$(touch x);`y`.qcow2', 'ñandú €.qcow2', '&<x>.qcow2', 'no extension']

describe('the list of media', () => {
  test('holds pools, downloads and what was used before, each file once, newest first', async () => {
    virsh('pool-create-as', 'default', 'dir', '--target', images)
    const inPool = aged(image(`${images}/debian-11.qcow2`), 1_000)
    const download = aged(iso(`${media}/ipxe.iso`), 3_000)
    const before = aged(image(`${disks}/before`), 2_000)
    symlinkSync(inPool, `${media}/link-to-pool.qcow2`)
    writeFileSync(`${media}/notes.txt`, 'no medium')
    writeFileSync(`${media}/empty.img`, '')
    mkdirSync(`${media}/folder.iso`)
    virsh('pool-refresh', 'default')
    const found = await list([before, download, `${media}/gone.iso`])
    expect(found.map((file) => [file.path, file.kind, file.origin, file.pool])).toEqual([
      [download, 'iso', 'downloads', null],
      [before, 'disk', 'recent', null],
      [inPool, 'disk', 'pool', 'default'],
    ])
    expect(found[2]).toMatchObject({ modifiedAt: 1_000, system: { name: 'Debian 11' }, usedBy: [] })
  })

  test('takes any name that a volume can have', async () => {
    for (const name of hostile) image(`${images}/${name}`)
    virsh('pool-create-as', 'default', 'dir', '--target', images)
    const found = await list()
    expect(found.map((file) => file.path).sort()).toEqual(hostile.map((name) => `${images}/${name}`).sort())
    for (const name of hostile) expect(await mediaInspect(bench.deps.target, `${images}/${name}`)).toMatchObject({ format: 'qcow2', pool: 'default', origin: 'pool' })
  })

  test('says which machines use a file', async () => {
    const path = image(`${media}/a.qcow2`)
    await createOff(bench, (await propose(bench, path, { imageUse: 'in-place', diskBytes: null, name: 'uno', network: { kind: 'user' } })).plan)
    expect((await list()).map((file) => file.usedBy)).toEqual([['uno']])
    expect((await mediaInspect(bench.deps.target, path)).usedBy).toEqual(['uno'])
  })

  test('is there without a download folder, and with a pool whose folder went away', async () => {
    virsh('pool-create-as', 'default', 'dir', '--target', images)
    image(`${images}/a.qcow2`)
    mkdirSync(disks)
    virsh('pool-create-as', 'gone', 'dir', '--target', disks)
    execFileSync('rmdir', [disks])
    virsh('pool-refresh', 'default')
    expect((await mediaList(bench.deps.target, { downloads: '/nowhere', recent: [] })).map((file) => file.path)).toEqual([`${images}/a.qcow2`])
  })
})

test('files with any name are copied, as the commands that are shown beforehand say', async () => {
  virsh('pool-create-as', 'default', 'dir', '--target', images)
  for (const [index, name] of hostile.entries()) {
    const path = image(`${media}/${name}`)
    const { plan } = await propose(bench, path, { name: `m${index}`, title: `M ${index}`, network: { kind: 'user' }, imageUse: 'copy' })
    const shown = (await previewCommands(bench.deps, plan)).find((line) => line.startsWith('qemu-img convert')) ?? ''
    execFileSync('sh', ['-e', '-c', shown], { stdio: 'pipe' })
    execFileSync('qemu-img', ['compare', path, `${images}/m${index}.qcow2`], { stdio: 'pipe' })
  }
  const all = image(`${media}/${hostile.join('').replaceAll('/', '')}`)
  const { uuid } = await create(bench, (await propose(bench, all, { name: '--help; reboot', network: { kind: 'user' }, imageUse: 'copy' })).plan)
  expect(virsh('domstate', uuid).trim()).toBe('running')
  expect(virsh('domblklist', uuid)).toContain(`${images}/--help; reboot.qcow2`)
})
