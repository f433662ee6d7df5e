import type { App, BrowserWindow, Event, IpcMainInvokeEvent, Session, WebContents } from 'electron'
import { isOwnUrl, SCHEME } from './origin.ts'

/** For the console in full screen, and for saying that work has ended; the clipboard is read by the host, at a click. */
const permissions: ReadonlySet<string> = new Set(['fullscreen', 'keyboardLock', 'pointerLock', 'notifications'])

/** What the page may load: its own files, what it made in memory, and the console's relay on this machine. */
const reachable = [new RegExp(`^${SCHEME}://app/`), /^(data|blob):/, /^ws:\/\/127\.0\.0\.1:\d+\/console\//, /^devtools:/]

/** Permissions are refused save these, and requests to anywhere else are not made. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    decide(details.isMainFrame && isOwnUrl(details.requestingUrl) && isOwnUrl(contents.getURL()) && permissions.has(permission))
  })
  session.setPermissionCheckHandler((contents, permission, origin) => {
    return contents !== null && isOwnUrl(contents.getURL()) && isOwnUrl(origin) && permissions.has(permission)
  })
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !reachable.some((pattern) => pattern.test(url)) }))
}

/** No contents of the app go anywhere, open windows or hold others. */
export function hardenContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => stayHere(event, contents))
    contents.on('will-frame-navigate', (event) => stayHere(event, contents))
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

/** A reload is no navigation: it asks for the page that is shown. */
function stayHere(event: Event<{ readonly url: string }>, contents: WebContents): void {
  const [target] = event.url.split('#')
  const [shown] = contents.getURL().split('#')
  if (!isOwnUrl(event.url) || target !== shown) event.preventDefault()
}

/** Whether a call comes from the main frame of the app's window, showing the app's page. */
export function isOwnPage(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>, window: BrowserWindow): boolean {
  const { sender, senderFrame } = event
  if (!senderFrame || sender !== window.webContents || senderFrame !== sender.mainFrame) return false
  return isOwnUrl(senderFrame.url)
}
