import type { EventEmitter } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const electron = await vi.hoisted(async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  return {
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
    nativeTheme: { shouldUseDarkColors: false },
    BrowserWindow: class extends Emitter {
      options: Record<string, unknown>
      webContents = new Emitter()
      done: string[] = []
      maximized = false
      minimized = false
      destroyed = false
      constructor(options: Record<string, unknown>) {
        super()
        this.options = options
      }
      loadURL = (url: string): Promise<void> => Promise.reject(new Error(`ERR_FAILED ${this.done.push(`load ${url}`)}`))
      show = (): void => void this.done.push('show')
      focus = (): void => void this.done.push('focus')
      restore = (): void => void this.done.push('restore')
      maximize = (): void => void this.done.push('maximize')
      isMaximized = (): boolean => this.maximized
      isMinimized = (): boolean => this.minimized
      isDestroyed = (): boolean => this.destroyed
      getNormalBounds = (): object => ({ x: 10, y: 20, width: 900, height: 700 })
    },
  }
})
vi.mock('electron', () => electron)

const { createWindow, raise, showPage } = await import('../../../../electron/app/window.ts')
type StandIn = InstanceType<typeof electron.BrowserWindow>

let folder = '/nonexistent'
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-window-'))
  electron.nativeTheme.shouldUseDarkColors = false
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function make({ developer = false } = {}) {
  const stateFile = join(folder, 'window.json')
  const window = createWindow({ preload: '/app/preload.cjs', icon: '/app/icon.png', stateFile, developer })
  return { window, inside: window as unknown as StandIn, stateFile }
}

describe('the window', () => {
  it('has a page in a sandbox, apart from Node', () => {
    const { inside } = make()
    expect(inside.options['webPreferences']).toEqual({
      preload: '/app/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    })
    expect(make({ developer: true }).inside.options['webPreferences']).toMatchObject({ devTools: true, sandbox: true })
  })

  it('is shown when it has been drawn, in the colour of its theme', () => {
    const { inside } = make()
    expect(inside.options).toMatchObject({ show: false, icon: '/app/icon.png', width: 1280, height: 800 })
    expect(inside.options).toMatchObject({ minWidth: 640, minHeight: 480 })
    expect(inside.done).toEqual([])
    inside.emit('ready-to-show')
    expect(inside.done).toEqual(['show'])
    electron.nativeTheme.shouldUseDarkColors = true
    expect(make().inside.options['backgroundColor']).not.toBe(inside.options['backgroundColor'])
  })

  it('comes back as it was left', async () => {
    const { inside, stateFile } = make()
    inside.maximized = true
    inside.emit('close')
    const left = { x: 10, y: 20, width: 900, height: 700, maximized: true }
    expect(JSON.parse(await readFile(stateFile, 'utf8'))).toEqual(left)
    const again = make().inside
    expect(again.options).toMatchObject({ x: 10, y: 20, width: 900, height: 700 })
    again.emit('ready-to-show')
    expect(again.done).toEqual(['maximize', 'show'])
  })

  it('is put where it can be seen', async () => {
    await writeFile(join(folder, 'window.json'), JSON.stringify({ x: 9_000, y: 9_000, width: 5_000, height: 700 }))
    const { options } = make().inside
    expect(options).toMatchObject({ width: 1920, height: 700 })
    expect(options['x']).toBeUndefined()
  })
})

describe('the page', () => {
  it('is loaded again where its process died, and not where it ended', async () => {
    const { window, inside } = make()
    showPage(window)
    const load = 'load vivero://app/index.html'
    expect(inside.done).toEqual([load])
    const contents: EventEmitter = inside.webContents
    for (const reason of ['crashed', 'oom', 'killed']) contents.emit('render-process-gone', {}, { reason })
    expect(inside.done).toEqual([load, load, load, load])
    contents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(inside.done).toHaveLength(4)
    await Promise.resolve() // that it cannot be loaded is no fault of the app's
  })
})

describe('a second start', () => {
  it('brings the window to the front', () => {
    const { window, inside } = make()
    raise(window)
    expect(inside.done).toEqual(['show', 'focus'])
  })

  it('from the panel too', () => {
    const { window, inside } = make()
    inside.minimized = true
    raise(window)
    expect(inside.done).toEqual(['restore', 'show', 'focus'])
  })

  it('leaves a window alone that is gone', () => {
    const { window, inside } = make()
    inside.destroyed = true
    raise(window)
    expect(inside.done).toEqual([])
  })
})
