/** The part of the `electron` module that a main process sees, as far as the app uses it; what is not here is an error. */
import { EventEmitter } from 'node:events'
import type { Made, MenuEntry, Question, Sender, Told } from './messages.ts'

class Preventable {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}

/** Tells the listeners of an event; whether none of them prevented it. */
function allowed(emitter: EventEmitter, event: string): boolean {
  const told = new Preventable()
  emitter.emit(event, told)
  return !told.defaultPrevented
}

interface Frame {
  url: string
}

class Contents extends EventEmitter {
  mainFrame: Frame = { url: '' }
  readonly #tell: (told: Told) => void
  constructor(tell: (told: Told) => void) {
    super()
    this.#tell = tell
  }
  getURL = (): string => this.mainFrame.url
  isDestroyed = (): boolean => false
  isCrashed = (): boolean => false
  setWindowOpenHandler(): void {
    // nothing here opens a window
  }
  send(channel: string, ...values: unknown[]): void {
    this.#tell({ kind: 'event', channel, values: structuredClone(values) })
  }
}

type Listener = (event: { sender: Contents; senderFrame: Frame | null }, ...values: unknown[]) => unknown
type Decide = (decision: { cancel: boolean }) => void
interface WindowOptions {
  readonly webPreferences: Readonly<Record<string, unknown>>
}
interface Template {
  readonly id?: string
  readonly label?: string
  readonly enabled?: boolean
  readonly submenu?: readonly Template[]
  click?(): void
}

export interface StandIn {
  /** What `require('electron')` gives. */
  readonly electron: Readonly<Record<string, unknown>>
  answer(question: Question): unknown
}

/** `root`: folder of the app; `tell` sends a word to the test. */
export function standIn(root: string, version: string, tell: (told: Told) => void): StandIn {
  const windows: Window[] = []
  const channels = new Map<string, Listener>()
  const paths = new Map<string, string>()
  const switches: string[][] = []
  let privileged: unknown
  let menu: readonly Template[] = []
  let serve: ((request: Request) => Promise<Response>) | undefined
  let reach: ((details: { url: string }, decide: Decide) => void) | undefined
  let focused = 0

  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    getAppPath: () => root,
    getVersion: () => version,
    setPath: (name: string, path: string) => void paths.set(name, path),
    commandLine: { appendSwitch: (...words: string[]) => void switches.push(words) },
    requestSingleInstanceLock: () => true,
    whenReady: () => Promise.resolve(),
    exit: (code: number) => process.exit(code),
    /** Windows first; each may object. Then the app, which may too, and asks again when it is done. */
    quit: () => {
      for (const window of windows) if (!window.destroyed && !window.closes()) return
      if (allowed(app, 'will-quit')) process.exit(0)
    },
  })

  class Window extends EventEmitter {
    readonly options: WindowOptions
    readonly webContents = new Contents(tell)
    destroyed = false
    constructor(options: WindowOptions) {
      super()
      this.options = options
      windows.push(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
    loadURL(url: string): Promise<void> {
      this.webContents.mainFrame = { url }
      tell({ kind: 'ready', preload: String(this.options.webPreferences['preload']), url })
      this.emit('ready-to-show')
      return Promise.resolve()
    }
    closes(): boolean {
      this.destroyed = allowed(this, 'close')
      return this.destroyed
    }
    close(): boolean {
      if (!this.closes()) return false
      app.emit('window-all-closed')
      return true
    }
    isDestroyed = (): boolean => this.destroyed
    isFocused = (): boolean => true
    isMinimized = (): boolean => false
    isMaximized = (): boolean => false
    getNormalBounds = (): object => ({ x: 0, y: 0, width: 1280, height: 800 })
    show = (): void => undefined
    focus = (): void => void focused++
  }

  const ignore = (): void => undefined
  const session = {
    setPermissionRequestHandler: ignore,
    setPermissionCheckHandler: ignore,
    setDevicePermissionHandler: ignore,
    setSpellCheckerEnabled: ignore,
    on: ignore,
    webRequest: { onBeforeRequest: (listener: typeof reach) => void (reach = listener) },
    protocol: { handle: (_scheme: string, handler: typeof serve) => void (serve = handler) },
  }
  const only = <T>(thing: T | undefined, what: string): T => {
    if (thing === undefined) throw new Error(`there is no ${what}`)
    return thing
  }

  const invoke = async (channel: string, values: readonly unknown[], { contents, frame, url }: Sender): Promise<unknown> => {
    const { webContents } = only(windows[0], 'window')
    const sender = contents === 'window' ? webContents : new Contents(tell)
    if (frame === 'main') sender.mainFrame.url = url
    const senderFrame = frame === 'main' ? sender.mainFrame : frame === 'sub' ? { url } : null
    const listener = channels.get(channel)
    if (!listener) throw new Error(`No handler registered for '${channel}'`)
    return structuredClone(await listener({ sender, senderFrame }, ...structuredClone(values)))
  }
  const fetchPage = async (url: string, method: string): Promise<unknown> => {
    const response = await only(serve, 'scheme')(new Request(url, { method }))
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() }
  }
  const choose = (id: string): void => {
    const click = menu.flatMap((section) => section.submenu ?? []).find((entry) => entry.id === id)?.click
    only(click, `entry ${id}`)()
  }
  const made = (): Made => ({
    webPreferences: only(windows[0], 'window').options.webPreferences,
    userData: paths.get('userData'),
    switches,
    privileged,
    focused,
  })

  return {
    electron: {
      app,
      BrowserWindow: Window,
      ipcMain: {
        handle: (channel: string, listener: Listener) => {
          if (channels.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
          channels.set(channel, listener)
        },
        removeHandler: (channel: string) => void channels.delete(channel),
      },
      Menu: {
        buildFromTemplate: (template: readonly Template[]) => template,
        setApplicationMenu: (next: readonly Template[]) => void (menu = next),
      },
      nativeTheme: { themeSource: 'system', shouldUseDarkColors: false },
      screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
      session: { defaultSession: session },
      protocol: { registerSchemesAsPrivileged: (schemes: unknown) => void (privileged = schemes) },
      clipboard: memoryClipboard(),
      dialog: {
        showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
        showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
      },
      shell: { openPath: () => Promise.resolve(''), showItemInFolder: ignore },
    },
    answer: (question) => {
      switch (question.ask) {
        case 'invoke':
          return invoke(question.channel, question.values, question.sender)
        case 'close-window':
          return only(windows[0], 'window').close()
        case 'may-close':
          return allowed(only(windows[0], 'window'), 'close')
        case 'fetch':
          return fetchPage(question.url, question.method)
        case 'reach':
          return new Promise((resolve) => only(reach, 'rule')({ url: question.url }, ({ cancel }) => resolve(!cancel)))
        case 'menu':
          return menu.map(plain)
        case 'choose':
          return choose(question.id)
        case 'second-instance':
          return void app.emit('second-instance')
        case 'made':
          return made()
      }
    },
  }
}

function memoryClipboard(): object {
  let text = ''
  return { readText: () => text, writeText: (next: string) => void (text = next) }
}

function plain({ id, label, enabled, submenu }: Template): MenuEntry {
  return { id, label, enabled: enabled ?? true, submenu: (submenu ?? []).map(plain) }
}
