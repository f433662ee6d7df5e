import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { domainLog } from '../../../../../electron/libvirt/domain/index.ts'
import { stubVirsh, type VirshStub } from '../../virsh-stub.ts'

let stub: VirshStub
let folder: string | undefined
const cache = process.env['XDG_CACHE_HOME']
beforeAll(() => {
  stub = stubVirsh()
  folder = mkdtempSync(join(tmpdir(), 'vivero-log-'))
  process.env['XDG_CACHE_HOME'] = folder
  mkdirSync(join(folder, 'libvirt/qemu/log'), { recursive: true })
})
afterAll(() => {
  stub.end()
  if (cache === undefined) delete process.env['XDG_CACHE_HOME']
  else process.env['XDG_CACHE_HOME'] = cache
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

const session = { uri: 'qemu:///session', connection: 'c1' }
// root's session is served by the system's libvirt, whose logs lie in a folder of the system
beforeEach(() => void vi.spyOn(process, 'getuid').mockReturnValue(1000))
afterEach(() => void vi.restoreAllMocks())

describe('what QEMU said about a machine', () => {
  it('of another host cannot be read', async () => {
    stub.answer({ when: '^domname', print: 'one\n\n' })
    await expect(domainLog({ ...session, uri: 'qemu+ssh://host/system' }, 'u', false)).rejects.toMatchObject({ code: 'unsupported' })
    await expect(domainLog({ ...session, uri: 'test:///default' }, 'u', false)).rejects.toMatchObject({ code: 'unsupported' })
  })

  it('before its first start is nothing', async () => {
    stub.answer({ when: '^domname', print: 'never started\n\n' })
    await expect(domainLog(session, 'u', false)).rejects.toMatchObject({ code: 'log-missing', params: { path: expect.stringMatching(/\/never started\.log$/) } })
  })

  it('of a machine that is gone is not found', async () => {
    stub.answer({ when: '^domname', fail: "failed to get domain 'u'" })
    await expect(domainLog(session, 'u', false)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are its last lines, or all', async () => {
    const path = join(folder ?? '/nonexistent', 'libvirt/qemu/log/a "b".log')
    const lines = Array.from({ length: 250 }, (_, number) => `line ${number}`)
    writeFileSync(path, `${lines.join('\n')}\n`)
    stub.answer({ when: '^domname', print: 'a "b"\n\n' })
    const end = await domainLog(session, 'u', false)
    expect(end).toMatchObject({ path, complete: false })
    const shown = end.text.split('\n').slice(0, -1)
    expect(shown).toEqual(lines.slice(-shown.length))
    expect(shown.length).toBeGreaterThanOrEqual(20)
    expect(shown.length).toBeLessThan(250)
    expect(await domainLog(session, 'u', true)).toMatchObject({ text: `${lines.join('\n')}\n`, complete: true })
    appendFileSync(path, `${'ñ'.repeat(2 * 1024 * 1024)}\nlast\n`)
    const whole = await domainLog(session, 'u', true)
    expect(whole).toMatchObject({ text: 'last\n', complete: false })
    expect(whole.sizeBytes).toBeGreaterThan(4 * 1024 * 1024)
  })
})
