import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LoggedCommand } from '../../../../shared/model/command.ts'
import { textOf, virshRead, virshReadOne, virshWrite, virshWriteDocument } from '../../../../electron/libvirt/virsh.ts'
import { stubVirsh, type VirshStub } from '../virsh-stub.ts'

let stub: VirshStub
const runtime = process.env['XDG_RUNTIME_DIR']
beforeAll(() => {
  stub = stubVirsh()
  process.env['XDG_RUNTIME_DIR'] = stub.folder
})
afterAll(() => {
  if (runtime === undefined) delete process.env['XDG_RUNTIME_DIR']
  else process.env['XDG_RUNTIME_DIR'] = runtime
  stub.end()
})

const entries: Omit<LoggedCommand, 'id'>[] = []
const target = { uri: 'test:///x', connection: 'c1', log: (entry: Omit<LoggedCommand, 'id'>) => void entries.push(entry) }
beforeEach(() => {
  entries.length = 0
  stub.answer(
    { when: '^list', print: 'one\n' },
    { when: '^dumpxml gone', fail: "no domain with matching uuid 'u'" },
    { when: '^dumpxml warns', warn: 'I/O warning : something', print: '<x/>' },
    { when: '^dumpxml hangs', hang: true },
    { when: '^dumpxml long', print: 'x'.repeat(100_000) },
    { when: '^start on', fail: 'Domain is already active' },
    { when: 'hunter2', fail: 'hunter2 is no good password' },
  )
})

describe('reading', () => {
  it('asks many things of one process, in English', async () => {
    const answers = await virshRead(target, [['list', '--all'], ['net-list', 'a "b" ; \\ \n$x'], ['list']])
    expect(answers.map(textOf)).toEqual(['one\n', '', 'one\n'])
    const calls = stub.calls()
    expect(calls.map((call) => call.words)).toEqual([['list', '--all'], ['net-list', 'a "b" ; \\ \n$x'], ['list']])
    expect(new Set(calls.map((call) => call.pid)).size).toBe(1)
    expect(calls[0]).toMatchObject({ uri: 'test:///x', language: 'C.UTF-8' })
    expect(entries).toEqual([])
  })

  it('goes on after a command that fails, and says which did', async () => {
    const [first, second, third] = await virshRead(target, [['list'], ['dumpxml', 'gone'], ['list']])
    expect([textOf(first), textOf(third)]).toEqual(['one\n', 'one\n'])
    expect(second).toMatchObject({ ok: false, error: { code: 'not-found', detail: expect.stringContaining('Failed to do it') } })
  })

  it('takes a warning for no failure', async () => {
    expect(await virshReadOne(target, ['dumpxml', 'warns'])).toBe('<x/>')
  })

  it('throws what ends the whole', async () => {
    stub.answer({ when: '^', fail: "Failed to connect socket to '/s': Connection refused" })
    await expect(virshRead(target, [['list'], ['list']])).rejects.toMatchObject({ code: 'daemon-down' })
    await expect(virshReadOne(target, ['list'])).rejects.toMatchObject({ code: 'daemon-down' })
  })

  it('of one thing throws its failure', async () => {
    await expect(virshReadOne(target, ['dumpxml', 'gone'])).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is cut where an argument would be longer than a process takes', async () => {
    const long = 'ñ'.repeat(25_000)
    await virshRead(target, Array.from({ length: 6 }, () => ['list', long]))
    const calls = stub.calls()
    expect(calls.every((call) => call.words[1] === long)).toBe(true)
    expect(calls).toHaveLength(6)
    expect(new Set(calls.map((call) => call.pid)).size).toBe(3)
    await expect(virshRead(target, [['list', 'x'.repeat(130_000)]])).rejects.toMatchObject({ code: 'too-large' })
  })

  it('takes answers of any length', async () => {
    const answers = await virshRead(target, Array.from({ length: 20 }, () => ['dumpxml', 'long']))
    expect(answers.map(textOf).every((text) => text.length === 100_000)).toBe(true)
  })

  it('of nothing starts nothing', async () => {
    expect(await virshRead(target, [])).toEqual([])
    expect(stub.calls()).toEqual([])
  })

  it('ends when it takes too long or is called off', async () => {
    await expect(virshRead(target, [['dumpxml', 'hangs']], { timeoutMs: 300 })).rejects.toMatchObject({ code: 'timeout', params: { program: 'virsh' } })
    const off = new AbortController()
    const waiting = virshRead(target, [['dumpxml', 'hangs']], { signal: off.signal })
    off.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('writing', () => {
  it('gives each value as an argument of its own, and notes the line', async () => {
    const hostile = `--new-desc=a "b" ; 'c' $(id)\n\\`
    await virshWrite(target, ['desc', hostile])
    expect(stub.calls().map((call) => call.words)).toEqual([['desc', hostile]])
    expect(entries).toMatchObject([{ connection: 'c1', ok: true, error: null, line: expect.stringContaining('virsh -c test:///x desc --new-desc=') }])
    expect(new Date(entries[0]?.startedAt ?? '').getTime()).toBeGreaterThan(Date.now() - 60_000)
  })

  it('notes what failed, with libvirt’s own reason', async () => {
    await expect(virshWrite(target, ['start', 'on'])).rejects.toMatchObject({ code: 'already-active' })
    expect(entries).toMatchObject([{ ok: false, error: 'Domain is already active' }])
  })

  it('passes a document as a private file that is gone afterwards', async () => {
    await virshWriteDocument(target, ['define', '--validate'], '<domain>ñ</domain>\n')
    const [call] = stub.calls()
    expect(call?.file).toEqual({ text: '<domain>ñ</domain>\n', mode: 0o600 })
    expect(call?.words.at(-1)).toMatch(/^--file=/)
    await expect(virshWriteDocument(target, ['start', 'on'], '<a/>')).rejects.toMatchObject({ code: 'already-active' })
    expect(await readdir(join(stub.folder, 'vivero'))).toEqual([])
    expect(entries.map((entry) => entry.line)).toEqual([
      "virsh -c test:///x define --validate /dev/stdin <<'XML'\n<domain>ñ</domain>\nXML",
      "virsh -c test:///x start on /dev/stdin <<'XML'\n<a/>\nXML",
    ])
  })

  it('shows no secret, neither in the line nor in the reason', async () => {
    await expect(virshWrite(target, ['set', 'hunter2'], { secrets: [{ value: 'hunter2' }] })).rejects.toMatchObject({ detail: expect.not.stringContaining('hunter2') })
    expect(JSON.stringify(entries)).not.toContain('hunter2')
    expect(stub.calls()[0]?.words).toEqual(['set', 'hunter2'])
  })

  it('refuses what no program can be given, before anything runs', async () => {
    await expect(virshWrite(target, ['desc', 'a\0b'])).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(virshRead({ ...target, uri: 'a\0b' }, [['list']])).rejects.toMatchObject({ code: 'invalid-input' })
    expect(stub.calls()).toEqual([])
  })

  it('says that virsh is missing', async () => {
    const path = process.env['PATH']
    process.env['PATH'] = '/nonexistent'
    try {
      await expect(virshWrite(target, ['start', 'x'])).rejects.toMatchObject({ code: 'virsh-missing' })
    } finally {
      process.env['PATH'] = path
    }
  })
})
