/** The system's libvirt behind the real polkit: who gets in unasked, who is asked, and what each is told. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../../../shared/model/connection.ts'
import {
  asUser,
  noPasswords,
  polkitSystem,
  rootsPassword,
  standIns,
  startApp,
  textAgent,
  until,
  type PolkitSystem,
  type RunningApp,
  type StandIns,
  type User,
} from '../../harness/index.ts'
import { ask, type Page } from '../../contract/page.ts'
import { pageOf } from './page-of.ts'

const alumna = asUser('alumna')
const extrana = asUser('extrana')
const id = 'system'
const useSession = { name: 'use-session', open: { what: 'connection', connection: 'session' } }
let app: RunningApp | null = null
let system: PolkitSystem | null = null
let programs: StandIns

afterEach(async () => {
  await app?.stop()
  app = null
  for (const user of [alumna, extrana]) await user.exec(['rm', '-rf', '.config/vivero'])
})
afterAll(() => system?.stop())

async function open(user: User): Promise<Page> {
  programs = standIns(user, 'real')
  app = await startApp({ user, env: programs.env })
  return pageOf(app)
}

const when = (page: Page, what: string, is: (row: Connection) => boolean): Promise<Connection> =>
  until(what, 20_000, async () => (await ask(page, 'connection.list', {})).find((row) => row.id === id && is(row)))

/** However it is written: a proxy's URI too. */
const onSystem = (): string[] => programs.started().filter((line) => line.includes('virsh ') && /:\/\/\/system/.test(line))

/** The row says what connecting needs, and the daemon was not spoken to. */
async function expectUntouched(page: Page, kind: string): Promise<void> {
  expect(await when(page, 'what it needs', (row) => row.needs !== null)).toMatchObject({ state: 'disconnected', needs: { kind }, error: null })
  expect(onSystem()).toEqual([])
}

describe.each([
  { what: 'no system D-Bus', bus: false, code: 'bus-down', remedy: { name: 'start-bus', command: 'sudo systemctl start dbus' } },
  { what: 'no polkitd', bus: true, code: 'polkit-down', remedy: { name: 'start-polkit', command: 'sudo systemctl start polkit' } },
])('with $what', ({ bus, code, remedy }) => {
  beforeAll(async () => {
    system = await polkitSystem({ bus, polkitd: false })
  })
  afterAll(async () => {
    await system?.stop()
    system = null
  })

  it('S2.1 not even a member is let in: the click says why and what to do', async () => {
    const page = await open(alumna)
    await expectUntouched(page, 'unknown')
    expect(await ask(page, 'connection.connect', { connection: id })).toMatchObject({ state: 'failed', error: { code, remedies: [remedy, useSession] } })
  })
})

describe('with polkit', () => {
  beforeAll(async () => {
    system = await polkitSystem({ bus: true, polkitd: true })
  })

  it('S2.1 a member of the group is connected unasked, as polkit says beforehand', async () => {
    const page = await open(alumna)
    expect(await when(page, 'connected', (row) => row.state === 'connected')).toMatchObject({ needs: null })
    expect(programs.started().some((line) => line.startsWith('pkcheck'))).toBe(true)
    expect(onSystem().filter((line) => line.includes('socket='))).toEqual([])
  })

  it('S2.1 a stranger whom nobody can ask is told which group, with the command, and has the session meanwhile', async () => {
    const page = await open(extrana)
    await expectUntouched(page, 'password')
    const row = await ask(page, 'connection.connect', { connection: id })
    const joinGroup = { name: 'join-group', command: 'sudo usermod -aG libvirt "$USER"' }
    expect(row).toMatchObject({ state: 'failed', error: { code: 'auth-denied', remedies: [joinGroup, useSession] } })
    expect(row.error?.detail).toContain('no polkit agent available')
  })

  const rule = (result: string): string =>
    `polkit.addRule(function (action, subject) { if (action.id == 'org.libvirt.unix.manage' && subject.user == 'extrana') return polkit.Result.${result} })`

  it('S2.1 a stranger whose password would hold for one step alone is asked for none', async () => {
    await system?.forget(rule('AUTH_ADMIN'))
    const page = await open(extrana)
    await expectUntouched(page, 'not-kept')
    expect(await ask(page, 'connection.connect', { connection: id })).toMatchObject({ state: 'failed', error: { code: 'auth-every-time' } })
    expect(onSystem()).toEqual([])
    await system?.forget(rule('NO'))
    expect(await ask(page, 'connection.connect', { connection: id })).toMatchObject({ state: 'failed', error: { code: 'auth-denied' } })
    await system?.forget()
  })

  it('S2.1 a stranger who knows the password gives it once, for everything, until polkit forgets it', async ({ skip }) => {
    const why = noPasswords()
    if (why !== null) skip(why)
    const page = await open(extrana)
    await expectUntouched(page, 'password')
    const agent = await textAgent(extrana, app?.pid ?? 0)
    const connecting = ask(page, 'connection.connect', { connection: id })
    await agent.give(rootsPassword)
    expect(await connecting).toMatchObject({ state: 'connected', uri: 'qemu:///system', error: null, needs: null })
    for (const name of ['domain.list', 'network.list', 'pool.list'] as const) await ask(page, name, { connection: id })
    const [network] = await ask(page, 'network.list', { connection: id })
    for (const autostart of [true, false]) {
      await ask(page, 'network.set-autostart', { connection: id, uuid: network?.uuid ?? '', autostart })
    }
    expect(onSystem().length).toBeGreaterThan(8)
    expect(agent.asked()).toBe(1)
    const [command] = await ask(page, 'command.list', {})
    expect(command?.line).toMatch(/^virsh -c qemu:\/\/\/system net-autostart /)

    await system?.forget()
    programs.forget()
    await expect(ask(page, 'domain.list', { connection: id })).rejects.toThrow('connection-gone')
    await expectUntouched(page, 'again')
    await agent.close()
    await app?.stop()
    app = null
    expect((await extrana.exec(['find', '/run/user/1001/vivero', '-name', '*.sock'])).stdout).toBe('')
  })
})
