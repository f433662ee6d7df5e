import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { hardenContents, hardenSession, isOwnPage } from '../../../../electron/app/security.ts'

const page = 'vivero://app/index.html'
type Session = Parameters<typeof hardenSession>[0]
type App = Parameters<typeof hardenContents>[0]

class Prevented {
  prevented = false
  readonly url: string
  constructor(url = '') {
    this.url = url
  }
  preventDefault(): void {
    this.prevented = true
  }
}

/** Of Electron's session: what it asks the app. */
class StandInSession extends EventEmitter {
  permission: (...values: unknown[]) => unknown = () => undefined
  check: (...values: unknown[]) => unknown = () => undefined
  device: (...values: unknown[]) => unknown = () => undefined
  before: (details: { url: string }, decide: (decision: { cancel: boolean }) => void) => void = () => undefined
  spelling = true
  readonly webRequest = { onBeforeRequest: (rule: StandInSession['before']) => void (this.before = rule) }
  setPermissionRequestHandler = (rule: StandInSession['permission']): void => void (this.permission = rule)
  setPermissionCheckHandler = (rule: StandInSession['check']): void => void (this.check = rule)
  setDevicePermissionHandler = (rule: StandInSession['device']): void => void (this.device = rule)
  setSpellCheckerEnabled = (on: boolean): void => void (this.spelling = on)

  asks(permission: string, { shows = page, from = page, isMainFrame = true } = {}): boolean {
    let answer = false
    const decide = (allowed: boolean): void => void (answer = allowed)
    this.permission({ getURL: () => shows }, permission, decide, { isMainFrame, requestingUrl: from })
    return answer
  }
  makes(url: string): boolean {
    let made = false
    this.before({ url }, ({ cancel }) => void (made = !cancel))
    return made
  }
}

function session(): StandInSession {
  const made = new StandInSession()
  hardenSession(made as unknown as Session)
  return made
}

describe('permissions', () => {
  it.each(['fullscreen', 'keyboardLock', 'pointerLock', 'notifications'])('%s is given to the app’s own page alone', (permission) => {
    const made = session()
    expect(made.asks(permission)).toBe(true)
    expect(made.asks(permission, { isMainFrame: false })).toBe(false)
    expect(made.asks(permission, { from: 'https://evil.example/' })).toBe(false)
    expect(made.asks(permission, { shows: 'https://evil.example/' })).toBe(false)
    const own = { getURL: () => page }
    expect(made.check(own, permission, 'vivero://app/')).toBe(true)
    expect(made.check(own, permission, 'https://evil.example/')).toBe(false)
    expect(made.check({ getURL: () => 'about:blank' }, permission, 'vivero://app/')).toBe(false)
    expect(made.check(null, permission, 'vivero://app/')).toBe(false)
  })

  const clipboard = ['clipboard-read', 'clipboard-sanitized-write']
  const devices = ['media', 'midi', 'hid', 'usb', 'serial', 'display-capture']
  it.each([...clipboard, ...devices, 'geolocation', 'openExternal', 'unknown'])('%s is refused', (permission) => {
    const made = session()
    expect(made.asks(permission)).toBe(false)
    expect(made.check({ getURL: () => page }, permission, 'vivero://app/')).toBe(false)
  })

  it('no device, no download, no dictionary from elsewhere', () => {
    const made = session()
    expect(made.device({ deviceType: 'usb' })).toBe(false)
    expect(made.spelling).toBe(false)
    const download = new Prevented()
    made.emit('will-download', download)
    expect(download.prevented).toBe(true)
  })
})

describe('requests', () => {
  it.each([
    page,
    'vivero://app/assets/a.js',
    'data:image/png;base64,AA',
    'blob:vivero://app/1',
    'ws://127.0.0.1:4000/console/abc',
    'devtools://devtools/bundled/a.html',
  ])('are made to %s', (url) => expect(session().makes(url)).toBe(true))

  it.each([
    'https://example.org/',
    'http://127.0.0.1:4000/',
    'ws://127.0.0.1:4000/socket',
    'ws://127.0.0.1.evil.example:1/console/a',
    'ws://localhost:4000/console/a',
    'wss://127.0.0.1:4000/console/a',
    'vivero://app.evil.example/',
    'vivero://other/',
    'file:///etc/passwd',
    'chrome://gpu',
  ])('are not made to %s', (url) => expect(session().makes(url)).toBe(false))
})

class Contents extends EventEmitter {
  opens: (details: { url: string }) => unknown = () => undefined
  shows = page
  getURL = (): string => this.shows
  setWindowOpenHandler = (rule: Contents['opens']): void => void (this.opens = rule)
  stops(event: string, url: string): boolean {
    const told = new Prevented(url)
    this.emit(event, told)
    return told.prevented
  }
}

function contents(): Contents {
  const app = new EventEmitter()
  hardenContents(app as unknown as App)
  const made = new Contents()
  app.emit('web-contents-created', {}, made)
  return made
}

describe('contents', () => {
  it('open no window', () => {
    for (const url of [page, 'https://example.org/', 'about:blank']) {
      expect(contents().opens({ url })).toEqual({ action: 'deny' })
    }
  })

  it.each(['will-navigate', 'will-frame-navigate'])('stay where they are (%s)', (event) => {
    const made = contents()
    expect(made.stops(event, page)).toBe(false)
    expect(made.stops(event, `${page}#/settings`)).toBe(false)
    for (const url of ['vivero://app/other.html', 'https://example.org/', 'file:///etc/passwd', 'about:blank', 'not a url']) {
      expect(made.stops(event, url), url).toBe(true)
    }
    made.shows = 'https://evil.example/'
    expect(made.stops(event, 'https://evil.example/')).toBe(true)
  })

  it('are sent nowhere, and hold no other contents', () => {
    expect(contents().stops('will-redirect', page)).toBe(true)
    expect(contents().stops('will-attach-webview', page)).toBe(true)
  })
})

describe('a caller', () => {
  type Event = Parameters<typeof isOwnPage>[0]
  type Window = Parameters<typeof isOwnPage>[1]
  const mainFrame = { url: `${page}#/machines` }
  const webContents = { mainFrame }
  const own = (sender: object, senderFrame: object | null): boolean =>
    isOwnPage({ sender, senderFrame } as unknown as Event, { webContents } as unknown as Window)

  it('is the window’s main frame with the app’s page', () => {
    expect(own(webContents, mainFrame)).toBe(true)
  })

  it('is no other frame, no other contents, no other page, and nothing that is gone', () => {
    expect(own(webContents, { url: page })).toBe(false)
    expect(own({ mainFrame }, mainFrame)).toBe(false)
    expect(own(webContents, null)).toBe(false)
    const elsewhere = { mainFrame: { url: 'https://evil.example/' } }
    const window = { webContents: elsewhere } as unknown as Window
    expect(isOwnPage({ sender: elsewhere, senderFrame: elsewhere.mainFrame } as unknown as Event, window)).toBe(false)
  })
})
