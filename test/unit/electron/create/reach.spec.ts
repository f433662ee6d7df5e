import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepableName, unkeepable } from '../../../../electron/create/kept-paths.ts'
import { closedFolder, handoverOf, hindrance } from '../../../../electron/create/qemu-access.ts'
import { exampleSurroundings } from './example.ts'

/** Neither the person of the test nor root. */
const qemu = { uid: 3_999_999, name: 'libvirt-qemu', groups: [3_999_999] }

let folder: string | undefined
let home = ''
let iso = ''
let disk = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vivero-reach-'))
  chmodSync(folder, 0o755)
  home = join(folder, "it's home")
  mkdirSync(home)
  iso = join(home, 'live.iso')
  disk = join(home, 'disk.img')
  for (const path of [iso, disk]) writeFileSync(path, 'x')
})
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

const around = () => exampleSurroundings({ kind: 'system', qemuUser: qemu, pools: [] })

describe('a file that QEMU is to open as another user', () => {
  it('is out of reach behind a folder that this user may not enter, with the line that lets it in', async () => {
    chmodSync(home, 0o700)
    const found = await hindrance(await around(), iso, 'iso')
    expect(found).toMatchObject({ path: home, kind: 'folder', user: 'libvirt-qemu' })
    expect(found?.command).toMatch(/^(setfacl -m u:libvirt-qemu:x|chmod o\+x) '.*it'\\''s home'$/)
    expect(await closedFolder(qemu, join(home, 'new disk.qcow2'))).toMatchObject({ path: home })
    expect(await closedFolder(null, iso)).toBeNull()
    chmodSync(home, 0o755)
    expect(await closedFolder(qemu, iso)).toBeNull()
  })

  it('stays as it is where it can be read, or written to for a disk', async () => {
    chmodSync(iso, 0o644)
    chmodSync(disk, 0o666)
    expect(await hindrance(await around(), iso, 'iso')).toBeNull()
    expect(await handoverOf(await around(), iso, 'iso')).toEqual({ untouched: true, lent: null, lost: null })
    expect(await handoverOf(await around(), disk, 'disk')).toEqual({ untouched: true, lent: null, lost: null })
  })

  it('is lent as a disk, and lost as an ISO, where libvirt has to give it to that user', async () => {
    for (const path of [iso, disk]) chmodSync(path, 0o600)
    // root's own file outside a pool counts as a person's, as does anybody's
    expect(userInfo().uid).not.toBe(qemu.uid)
    expect(await handoverOf(await around(), disk, 'disk')).toEqual({ untouched: false, lent: disk, lost: null })
    expect(await handoverOf(await around(), iso, 'iso')).toEqual({ untouched: false, lent: null, lost: iso })
    expect(await hindrance(await around(), iso, 'iso')).toMatchObject({ path: iso, kind: 'file' })
    expect(await hindrance(await around(), disk, 'disk')).toBeNull()
  })

  it('is no question where QEMU is the person', async () => {
    expect(await hindrance(await exampleSurroundings({ qemuUser: null }), iso, 'iso')).toBeNull()
  })
})

describe('a path that libvirt can keep', () => {
  it.each([
    ['/a/ñ 😀 <&> "\'/b', null],
    ['/a\tb', 'white-space'],
    ['/a\nb', 'white-space'],
    ['/a\rb', 'white-space'],
    ['/a\u0007b', 'control'],
    ['/a\u001b\tb', 'white-space'],
  ])('%j: %s', (path, reason) => {
    expect(unkeepable(path)).toBe(reason)
  })

  it('has blanks for what it cannot keep, and is never empty', () => {
    expect(keepableName('a\tb\nc\u0007.iso')).toBe('a b c .iso')
    expect(keepableName('\n')).toBe('disk')
  })
})
