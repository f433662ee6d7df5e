import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { askForPassword, mayAsk, rightsOn } from '../../../../electron/readiness/index.ts'

let folder: string | undefined
let server: Server
const path = process.env['PATH']
const place = (name: string): string => join(folder ?? '/nonexistent', name)
/** The URI of the system's daemon whose socket is this one. */
const uriOf = (name: string): string => `qemu+unix:///system?socket=${encodeURIComponent(place(name))}`

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vivero-rights-'))
  server = createServer()
  await new Promise<void>((resolve) => server.listen(place('socket'), resolve))
})
afterAll(() => {
  server.close()
  process.env['PATH'] = path
  if (folder !== undefined) rmSync(folder, { recursive: true })
})
// the socket of a test belongs to whoever runs it: here that is somebody else, in none of its groups
beforeEach(() => {
  chmodSync(place('socket'), 0o666)
  vi.spyOn(process, 'geteuid').mockReturnValue(3_999_999)
  vi.spyOn(process, 'getegid').mockReturnValue(3_999_999)
  vi.spyOn(process, 'getgroups').mockReturnValue([])
})
afterEach(() => void vi.restoreAllMocks())

function program(name: string, script: string): void {
  writeFileSync(place(name), `#!/bin/sh\n${script}\n`)
  chmodSync(place(name), 0o755)
  process.env['PATH'] = `${folder ?? ''}:${path ?? ''}`
}

describe('the right to use the system’s libvirt', () => {
  it('is no question for root, for a session, or for another computer', async () => {
    for (const uri of ['qemu:///session', 'test:///default', 'qemu+ssh://host/system']) expect(await rightsOn(uri), uri).toEqual({ needs: null, forNow: false })
    vi.mocked(process.geteuid as () => number).mockReturnValue(0)
    expect(await rightsOn(uriOf('gone'))).toEqual({ needs: null, forNow: false })
  })

  it('lacks the service where there is no socket', async () => {
    expect(await rightsOn(uriOf('gone'))).toMatchObject({ needs: { kind: 'service' } })
  })

  it('is there for the socket’s owner and its group', async () => {
    program('pkcheck', 'exit 1')
    vi.mocked(process.geteuid as () => number).mockReturnValue(userInfo().uid)
    if (userInfo().uid !== 0) expect(await rightsOn(uriOf('socket'))).toMatchObject({ needs: null })
    vi.mocked(process.geteuid as () => number).mockReturnValue(3_999_999)
    vi.mocked(process.getgroups as () => number[]).mockReturnValue([userInfo().gid])
    expect(await rightsOn(uriOf('socket'))).toEqual({ needs: null, forNow: false })
    chmodSync(place('socket'), 0o606)
    expect(await rightsOn(uriOf('socket'))).toMatchObject({ needs: { kind: 'refused' } })
  })

  it.each([
    ['exit 0', { needs: null, forNow: false }],
    ['printf "polkit\\\\56temporary_authorization_id=tmpauthz1\\n"; exit 0', { needs: null, forNow: true }],
    ['exit 1', { needs: { kind: 'refused' }, forNow: false }],
    ['printf "polkit\\\\56retains_authorization_after_challenge=1\\n"; exit 2', { needs: { kind: 'password' }, forNow: false }],
    ['exit 2', { needs: { kind: 'not-kept' }, forNow: false }],
    ['exit 3', { needs: { kind: 'password' }, forNow: false }],
    ['exit 127', { needs: { kind: 'unknown' }, forNow: false }],
  ])('is asked of polkit, which asks nobody: %s', async (script, rights) => {
    program('pkcheck', script)
    expect(await rightsOn(uriOf('socket'))).toEqual(rights)
  })

  it('is asked once more where polkit’s service was started anew in the middle of the question', async () => {
    program('pkcheck', `[ -e '${place('again')}' ] && exit 2; : > '${place('again')}'; exit 127`)
    expect(await rightsOn(uriOf('socket'))).toEqual({ needs: { kind: 'not-kept' }, forNow: false })
  })

  it('names this very process to polkit', async () => {
    program('pkcheck', `printf '%s\\n' "$@" > '${place('asked')}'; exit 1`)
    await rightsOn(uriOf('socket'))
    const asked = readFileSync(place('asked'), 'utf8').split('\n')
    expect(asked.slice(0, 2)).toEqual(['--action-id', 'org.libvirt.unix.manage'])
    expect(asked[3]).toMatch(new RegExp(`^${process.pid},\\d{2,},${process.getuid?.() ?? 0}$`))
    expect(asked).not.toContain('--allow-user-interaction')
  })

  it.each([
    ['exit 0', 'given'],
    ['exit 1', 'refused'],
    ['exit 2', 'nobody'],
    ['exit 3', 'dismissed'],
    ['exit 127', 'unknown'],
  ])('is asked for where a person clicked for it: %s', async (script, outcome) => {
    program('pkcheck', `printf '%s\\n' "$@" > '${place('asked')}'; ${script}`)
    expect(await askForPassword()).toBe(outcome)
    expect(readFileSync(place('asked'), 'utf8')).toContain('--allow-user-interaction')
  })

  it('may be a password that somebody is asked for', () => {
    expect([mayAsk({ kind: 'password' }), mayAsk({ kind: 'unknown' }), mayAsk({ kind: 'not-kept' }), mayAsk({ kind: 'refused' }), mayAsk({ kind: 'service' }), mayAsk(null)]).toEqual([true, true, true, false, false, false])
  })
})
