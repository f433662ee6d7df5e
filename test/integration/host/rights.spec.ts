/** QEMU/KVM connects by itself only where nobody is asked for a password, which is found out without connecting. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Connection, ConnectionNeed } from '../../../shared/model/connection.ts'
import {
  asUser,
  socketForEverybody,
  standIns,
  startApp,
  until,
  type AppOptions,
  type PkcheckAnswer,
  type RunningApp,
  type StandIns,
} from '../../harness/index.ts'
import { ask, type Page } from '../../contract/page.ts'
import { pageOf } from './page-of.ts'

const alumna = asUser('alumna')
const extrana = asUser('extrana')
const uri = 'qemu:///system'
const temporary = 'polkit\\56temporary_authorization_id=tmpauthz7\n'
let app: RunningApp | null = null
let closeSocket: (() => void) | null = null
afterEach(async () => {
  await app?.stop()
  app = null
  closeSocket?.()
  closeSocket = null
  for (const user of [alumna, extrana]) await user.exec(['rm', '-rf', '.config/vivero'])
})

async function open(options: AppOptions): Promise<Page> {
  app = await startApp(options)
  return pageOf(app)
}

const rowOf = async (page: Page, wanted: string): Promise<Connection> => {
  const found = (await ask(page, 'connection.list', {})).find((one) => one.uri === wanted)
  if (!found) throw new Error(`${wanted} is not in the list`)
  return found
}

const when = (page: Page, wanted: string, is: (row: Connection) => boolean): Promise<Connection> =>
  until(wanted, 20_000, async () => {
    const row = await rowOf(page, wanted)
    return is(row) ? row : undefined
  })

/** By whatever socket. */
const toSystem = (line: string): boolean => line.startsWith('virsh') && /qemu(\+unix)?:\/\/\/system/.test(line)
const onSystem = (programs: StandIns): string[] => programs.started().filter(toSystem)
const asked = (programs: StandIns): string[] => programs.started().filter((line) => line.startsWith('pkcheck'))

/** The row says what connecting needs, and once the session is connected (its virsh are in the log) none went to the system. */
async function expectUntouched(page: Page, programs: StandIns, needs: ConnectionNeed | null): Promise<Connection> {
  await when(page, 'qemu:///session', (row) => row.state === 'connected')
  const row = await when(page, uri, (one) => needs === null || one.needs !== null)
  expect(row).toMatchObject({ state: 'disconnected', needs, error: null })
  expect(programs.started().filter((line) => line.includes('qemu:///session'))).not.toEqual([])
  expect(onSystem(programs)).toEqual([])
  return row
}

describe('a member of the group', () => {
  it('S2.1 is connected without a question, even to polkit', async () => {
    const programs = standIns(alumna, { status: 3 })
    const page = await open({ user: alumna, env: programs.env })
    await when(page, uri, (row) => row.state === 'connected')
    expect(asked(programs)).toEqual([])
  })

  it('S2.4 who does not want it to connect by itself has no virsh on it before the click', async () => {
    const programs = standIns(alumna, { status: 3 })
    const first = await open({ user: alumna })
    const { id } = await when(first, uri, (row) => row.state === 'connected')
    await ask(first, 'connection.update', { connection: id, autoconnect: false })
    await app?.stop()
    const page = await open({ user: alumna, env: programs.env })
    await expectUntouched(page, programs, null)
    expect(await ask(page, 'connection.connect', { connection: id })).toMatchObject({ state: 'connected', autoconnect: false })
    expect(onSystem(programs)).not.toEqual([])
  })
})

describe('a stranger', () => {
  it('has no virsh on it before the click, and the row says which group', async () => {
    const programs = standIns(extrana, { status: 0 })
    const page = await open({ user: extrana, env: programs.env })
    const { id } = await expectUntouched(page, programs, { kind: 'group', group: 'libvirt' })
    expect(asked(programs)).toEqual([])
    expect(await ask(page, 'connection.connect', { connection: id })).toMatchObject({ state: 'failed', error: { code: 'auth-denied' } })
    expect(onSystem(programs)).not.toEqual([])
  })

  const lets: readonly (readonly [string, PkcheckAnswer])[] = [
    ['a rule lets this user in', { status: 0 }],
    ['a password that was given a moment ago holds', { status: 0, prints: temporary }],
  ]
  it.each(lets)('is connected without a question where polkit says that %s', async (_what, answer) => {
    const programs = standIns(extrana, answer)
    closeSocket = socketForEverybody()
    const page = await open({ user: extrana, env: programs.env })
    await when(page, uri, (row) => row.state === 'connected')
    expect(programs.started().findIndex((line) => line.startsWith('pkcheck'))).toBeLessThan(
      programs.started().findIndex(toSystem),
    )
    for (const line of asked(programs)) expect(line).toMatch(/^pkcheck --action-id org\.libvirt\.unix\.manage --process \d+,\d+,1001$/)
  })

  const refuses: readonly (readonly [string, PkcheckAnswer, ConnectionNeed])[] = [
    ['no', { status: 1 }, { kind: 'refused' }],
    ['a password is needed, and nobody can be asked', { status: 2, prints: 'polkit\\56retains_authorization_after_challenge=1\n' }, { kind: 'password' }],
    ['a password is needed', { status: 3 }, { kind: 'password' }],
    ['it cannot be reached', { status: 127, prints: 'Error getting authority\n' }, { kind: 'unknown' }],
  ]
  it.each(refuses)('has no virsh on it before the click where polkit says: %s', async (_what, answer, needs) => {
    const programs = standIns(extrana, answer)
    closeSocket = socketForEverybody()
    const page = await open({ user: extrana, env: programs.env })
    const { id } = await expectUntouched(page, programs, needs)
    expect(asked(programs)).not.toEqual([])
    // the daemon of the lab asks nobody; what the password changes is polkit's answer
    programs.answer({ status: 0, prints: temporary })
    expect(await ask(page, 'connection.connect', { connection: id })).toMatchObject({ state: 'connected', needs: null })
    expect(onSystem(programs)).not.toEqual([])
  })

  it('is not asked again when the password holds no longer: the connection is closed, and nothing more is read', async () => {
    const programs = standIns(extrana, { status: 0, prints: temporary })
    closeSocket = socketForEverybody()
    const page = await open({ user: extrana, env: programs.env })
    const { id } = await when(page, uri, (row) => row.state === 'connected')
    programs.answer({ status: 3 })
    await expect(ask(page, 'pool.list', { connection: id })).rejects.toThrow('connection-gone')
    expect(await rowOf(page, uri)).toMatchObject({ state: 'disconnected', needs: { kind: 'again' } })
    programs.forget()
    await expect(ask(page, 'domain.list', { connection: id })).rejects.toThrow('connection-gone')
    expect(onSystem(programs)).toEqual([])
  })
})
