/** The app's one window. */
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { PAGE } from './origin.ts'
import { fitOnto, readWindowState, saveWindowState, smallest } from './window-state.ts'

export interface WindowOptions {
  /** Paths. */
  readonly preload: string
  readonly icon: string
  readonly stateFile: string
  /** The app runs from a clone: developer tools can be opened. */
  readonly developer: boolean
}

/** Makes the window; it is shown when its page has been drawn. Nothing is loaded yet. */
export function createWindow({ preload, icon, stateFile, developer }: WindowOptions): BrowserWindow {
  const { maximized, ...place } = fitOnto(
    readWindowState(stateFile),
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const window = new BrowserWindow({
    ...place,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Vivero',
    icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1d1d20' : '#fafafa',
    webPreferences: {
      preload,
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
      devTools: developer,
    },
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  window.on('close', () => {
    saveWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
  return window
}

/** Loads the page, and again where its process died. */
export function showPage(window: BrowserWindow): void {
  // A page that cannot be loaded shows its error itself.
  const load = (): void => void window.loadURL(PAGE).catch(() => undefined)
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') load()
  })
  load()
}

/** Brings the window to the front, when the app is started a second time. */
export function raise(window: BrowserWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
