import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { allowedByList, allowedByMode, mayUse, READ, SEARCH, WRITE } from '../../../../electron/system/access.ts'
import { readId } from '../../../../electron/system/users.ts'

const qemu = { uid: 64055, name: 'libvirt-qemu', groups: [64055, 108] }

describe('what a mode gives to a user', () => {
  it.each([
    // one class alone holds, also where another would give more
    [0o604, 64055, 0, READ | WRITE, true],
    [0o044, 64055, 0, READ, false],
    [0o640, 1000, 108, READ, true],
    [0o604, 1000, 108, READ, false],
    [0o604, 1000, 1000, READ, true],
    [0o600, 1000, 1000, READ, false],
    [0o711, 0, 0, SEARCH, true],
    [0o750, 0, 0, SEARCH, false],
  ])('%o of %i:%i, asked for %i: %s', (mode, uid, gid, bits, answer) => {
    expect(allowedByMode(qemu, { mode, uid, gid }, bits)).toBe(answer)
  })
})

describe('what a list gives to a user', () => {
  const facts = { uid: 1000, gid: 1000 }
  it.each([
    ['its own entry', 'user::rwx\nuser:64055:--x\ngroup::---\nmask::--x\nother::---\n', SEARCH, true],
    ['less than is asked for', 'user::rwx\nuser:64055:--x\ngroup::---\nmask::--x\nother::---\n', READ, false],
    ['what the mask cuts off', 'user::rwx\nuser:64055:rwx\ngroup::---\nmask::r--\nother::---\n', SEARCH, false],
    ['what the comment says too', 'user:64055:rwx\t#effective:r--\nmask::r--\n', READ, true],
    ['an entry of another user', 'user::rwx\nuser:1001:rwx\nmask::rwx\n', READ, false],
    ['an entry of one of its groups', 'user::rwx\ngroup:108:r-x\nmask::rwx\n', READ, true],
    ['its own entry before its groups', 'user:64055:---\ngroup:108:rwx\nmask::rwx\n', READ, false],
    ['nothing', '', READ, false],
  ])('%s', (_, list, bits, answer) => {
    expect(allowedByList(qemu, facts, list, bits)).toBe(answer)
  })

  it('nothing beyond the mode, where the file is its own', () => {
    expect(allowedByList(qemu, { uid: 64055, gid: 0 }, 'user:64055:rwx\n', READ)).toBe(false)
  })
})

describe('a real file', () => {
  let folder: string | undefined
  afterAll(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true })
  })

  it('is open or closed by its mode; one that is not there gives no reason to say no; root is stopped by nothing', async () => {
    folder = mkdtempSync(join(tmpdir(), 'vivero-access-'))
    const path = join(folder, '-a b\n.img')
    writeFileSync(path, '')
    const stranger = { uid: 3_999_999, name: 'stranger', groups: [3_999_999] }
    chmodSync(path, 0o604)
    expect(await mayUse(stranger, path, READ)).toBe(true)
    expect(await mayUse(stranger, path, READ | WRITE)).toBe(false)
    chmodSync(path, 0o600)
    expect(await mayUse(stranger, path, READ)).toBe(false)
    expect(await mayUse({ uid: 0, name: 'root', groups: [0] }, path, READ)).toBe(true)
    expect(await mayUse(stranger, join(folder, 'none'), READ)).toBe(true)
  })
})

describe('what `id` says of a user', () => {
  it.each([
    ['uid=64055(libvirt-qemu) gid=64055(libvirt-qemu) groups=64055(libvirt-qemu),108(kvm)\n', { uid: 64055, name: 'libvirt-qemu', groups: [64055, 108] }],
    ['uid=77 gid=5(tty) groups=5(tty)', { uid: 77, name: '77', groups: [5] }],
    ['uid=0(root) gid=0(root)', { uid: 0, name: 'root', groups: [0] }],
    ['id: 4000: no such user', null],
  ])('%j', (line, facts) => {
    expect(readId(line)).toEqual(facts)
  })
})
