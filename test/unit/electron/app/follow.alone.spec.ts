import { beforeEach, describe, expect, it, vi } from 'vitest'
import type * as menus from '../../../../electron/app/menu.ts'
import type { EventEnvelope } from '../../../../shared/contract/index.ts'
import type { Connection } from '../../../../shared/model/connection.ts'
import { defaultSettings, type Settings } from '../../../../shared/model/settings.ts'
import { connection } from './connection.ts'

interface Entry {
  readonly id?: string
  readonly label?: string
  readonly enabled?: boolean
  readonly submenu?: readonly Entry[]
}
const electron = vi.hoisted(() => ({
  menu: [] as readonly Entry[],
  drawn: 0,
  meant: undefined as string | undefined,
  nativeTheme: { themeSource: 'system' },
}))
vi.mock('electron', () => ({
  nativeTheme: electron.nativeTheme,
  Menu: {
    buildFromTemplate: (template: readonly Entry[]) => template,
    setApplicationMenu: (menu: readonly Entry[]) => {
      electron.menu = menu
      electron.drawn++
    },
  },
}))

vi.mock('../../../../electron/app/menu.ts', async (original) => {
  const { menuTemplate } = await original<typeof menus>()
  const noting: typeof menuTemplate = (options) => {
    electron.meant = options.connection?.id
    return menuTemplate(options)
  }
  return { menuTemplate: noting }
})

const { followHost } = await import('../../../../electron/app/follow.ts')
type Options = Parameters<typeof followHost>[0]

const [session, system, other] = [
  connection({ id: 'session', state: 'disconnected' }),
  connection({ id: 'system', uri: 'qemu:///system', kind: 'system', removable: true }),
  connection({ id: 'other', uri: 'test:///default', kind: 'test', removable: false }),
]

/** A host that has settings and connections, and tells what the test says. */
async function following(connections: readonly Connection[], settings: Partial<Settings> = {}) {
  const state = { settings: { ...defaultSettings, language: 'en', ...settings } as Settings, connections, works: true }
  const asked: string[] = []
  let listener: (envelope: EventEnvelope) => void = () => undefined
  const host: Options['host'] = {
    dispatch: async (name) => {
      asked.push(name)
      if (!state.works) return { ok: false, error: { code: 'internal', params: {}, detail: null, remedies: [] } }
      const value = name === 'settings.get' ? state.settings : name === 'connection.list' ? state.connections : null
      return { ok: true, value }
    },
    subscribe: (hear) => {
      listener = hear
      return () => undefined
    },
    jobs: { running: () => [] },
    mayClose: () => true,
    close: () => Promise.resolve(),
  }
  const choose = vi.fn()
  const followed = await followHost({ host, choose, quit: () => undefined })
  const tell = async (event: EventEnvelope['event'], payload: unknown): Promise<void> => {
    listener({ event, payload } as EventEnvelope)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const page = { id: 'window', gone: new AbortController().signal }
  const show = (input: unknown): Promise<unknown> => followed.host.dispatch('app.view', input, page)
  return { followed, state, asked, tell, show, page }
}

const entry = (id: string): Entry | undefined => electron.menu.flatMap(({ submenu }) => submenu ?? []).find((one) => one.id === id)
/** The connection that the menu was drawn for. */
const meant = (): string | undefined => electron.meant

beforeEach(() => {
  electron.menu = []
  electron.drawn = 0
  electron.nativeTheme.themeSource = 'system'
})

describe('the native parts', () => {
  it('start with the settings as they are', async () => {
    const { followed } = await following([session], { language: 'es', theme: 'dark' })
    expect(electron.nativeTheme.themeSource).toBe('dark')
    expect(followed.words()('app:native.quit')).toBe('Salir')
    expect(electron.menu.map(({ label }) => label)).toEqual(['Archivo', 'Editar', 'Vista', 'Ayuda'])
  })

  it('follow every change of language and theme', async () => {
    const { followed, tell, state } = await following([session])
    await tell('settings.changed', { ...state.settings, language: 'es', theme: 'light' })
    expect(electron.nativeTheme.themeSource).toBe('light')
    expect(followed.words()('app:native.quit')).toBe('Salir')
    expect(entry('quit')?.label).toBe('Salir')
  })

  it('draw the menu anew for what concerns it, and for nothing else', async () => {
    const { tell, asked } = await following([session])
    const before = electron.drawn
    await tell('command.cleared', {})
    await tell('job.removed', { job: 'a' })
    expect(electron.drawn).toBe(before)
    expect(asked).toEqual(['settings.get', 'connection.list'])
  })

  it('have a menu also where the host answers with an error', async () => {
    const { state, tell } = await following([system])
    state.works = false
    await tell('connection.changed', session)
    expect(meant()).toBe('system')
  })
})

describe('the connection that the menu means', () => {
  it('is none where there is none', async () => {
    await following([])
    expect(meant()).toBeUndefined()
    expect(entry('new-machine')?.enabled).toBe(false)
  })

  it('is the one that the page shows, open or not', async () => {
    const { show } = await following([session, system, other])
    await show({ visible: true, connection: 'session', page: 'machines', uuid: null })
    expect(meant()).toBe('session')
    await show({ visible: true, connection: 'other', page: 'machines', uuid: null })
    expect(meant()).toBe('other')
  })

  it('else the preferred one where it is open, else the one of the environment, else the first that is open', async () => {
    await following([session, other, system], { defaultConnection: 'system' })
    expect(meant()).toBe('system')
    await following([session, other, system], { defaultConnection: 'session' })
    expect(meant()).toBe('other')
    await following([session, other, { ...system, environmentDefault: true }])
    expect(meant()).toBe('system')
    await following([session, { ...system, state: 'failed' }])
    expect(meant()).toBe('session')
  })

  it('follows what is connected and forgotten', async () => {
    const { state, tell } = await following([session])
    state.connections = [session, system]
    await tell('connection.changed', system)
    expect(meant()).toBe('system')
    state.connections = [session]
    await tell('connection.removed', { connection: 'system' })
    expect(meant()).toBe('session')
  })

  it('is not changed by what says nothing of a connection', async () => {
    const { show, followed, page } = await following([session, system])
    await show({ visible: true, connection: 'session', page: 'machines', uuid: null })
    const before = electron.drawn
    for (const input of [null, 7, 'session', {}, { connection: 7 }, { connection: 'session' }]) await show(input)
    await followed.host.dispatch('connection.connect', { connection: 'system' }, page)
    expect(electron.drawn).toBe(before)
    expect(meant()).toBe('session')
    await show({ connection: null })
    expect(meant()).toBe('system')
  })

  it('is heard on the way: every request of the page reaches the host', async () => {
    const { show, followed, page, asked } = await following([session])
    await show({ connection: 'session' })
    await followed.host.dispatch('job.list', {}, page)
    expect(asked.slice(-2)).toEqual(['app.view', 'job.list'])
  })
})
