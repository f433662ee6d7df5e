// Opens the built app: Electron, else Chromium's app window, else the default browser, else the address alone.
import { spawn } from 'node:child_process'
import { electronProgram } from './electron-program.mjs'
import { findProgram, hasDisplay, isRoot } from './machine.mjs'
import { openAppWindow } from './app-window.mjs'
import { openDefaultBrowser } from './default-browser.mjs'
import { startHost } from './host.mjs'
import { electronCommand, electronEnvironment, untilElectronEnds } from './run-electron.mjs'
import { t } from './words.mjs'

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const say = (text) => process.stdout.write(`${text}\n`)

/** The Chromium or Chrome that is installed, or undefined. */
const appBrowser = () => browsers.map((name) => findProgram(name)).find((path) => path !== undefined)

/**
 * Where the app opens: 'electron', 'window' (Chromium's, without tabs), 'browser' (the default one), or 'address': it is
 * only printed. `electron` and `chromium` are the programs, where they are there.
 */
export function chooseOpening({ browser, display, electron, chromium }) {
  if (!display) return 'address'
  if (browser) return 'browser'
  if (electron !== undefined) return 'electron'
  return chromium === undefined ? 'browser' : 'window'
}

/** Opens the app and waits for its end; the exit status. */
export async function openApp(repository, { browser }) {
  const electron = electronProgram(repository)
  if (chooseOpening({ browser, display: hasDisplay(), electron, chromium: undefined }) === 'electron') {
    say(t('setup:open.electron'))
    const [program, ...args] = electronCommand(electron, repository, { root: isRoot() })
    const env = electronEnvironment(process.env)
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'pipe'], env })
    const { started, code, cause } = await untilElectronEnds(child)
    if (started) return code
    say(t('setup:open.electronFailed', { cause }))
  }
  const host = await startHost(repository)
  say(t('setup:open.ends'))
  await showPage(host, { browser })
  return host.ended
}

/** Shows the page of a host in the way that this machine allows, Electron apart. */
export async function showPage(host, { browser }) {
  const chromium = appBrowser()
  const opening = chooseOpening({ browser, display: hasDisplay(), electron: undefined, chromium })
  if (opening === 'address') inTerminal(host)
  else if (opening === 'browser') await inDefaultBrowser(host)
  else await inAppWindow(host, chromium)
}

/** Without a display the address is all there is: alone on a line, for a tunnel or another screen. */
function inTerminal(host) {
  say(t('setup:open.noDisplay'))
  host.printAddress()
}

async function inAppWindow(host, program) {
  say(t('setup:open.window', { program }))
  try {
    const window = await openAppWindow(program, host.address, { sandbox: !isRoot() })
    host.onEnd(window.close)
    void window.closed.then(() => host.stillRunning && say(t('setup:open.closed')))
  } catch (error) {
    say(t('setup:open.windowFailed', { program, cause: error.message }))
    host.printAddress()
  }
}

async function inDefaultBrowser(host) {
  say(t('setup:open.browser'))
  host.printAddress()
  const remove = await openDefaultBrowser(host.address)
  host.onEnd(remove)
}
