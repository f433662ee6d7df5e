// Opens the built app: Electron, else Chromium's app window, else the default browser, else the address alone.
import { electronProgram } from './electron-program.mjs'
import { findProgram, hasDisplay, isRoot } from './machine.mjs'
import { openAppWindow } from './app-window.mjs'
import { openDefaultBrowser } from './default-browser.mjs'
import { startHost } from './host.mjs'
import { runElectron } from './run-electron.mjs'
import { t } from './words.mjs'

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const say = (text) => process.stdout.write(`${text}\n`)

/** Opens the app and waits for its end; the exit status. */
export async function openApp(repository, { browser }) {
  const display = hasDisplay()
  const electron = display && !browser ? electronProgram(repository) : undefined
  if (electron) {
    say(t('setup:open.electron'))
    const { started, code, cause } = await runElectron(electron, repository)
    if (started) return code
    say(t('setup:open.electronFailed', { cause }))
  }
  const host = await startHost(repository)
  if (!display) inTerminal(host)
  else if (browser) await inDefaultBrowser(host)
  else await inAppWindow(host)
  return host.ended
}

/** Without a display the address is all there is: alone on a line, for a tunnel or another screen. */
function inTerminal(host) {
  say(t('setup:open.noDisplay'))
  host.printAddress()
}

async function inAppWindow(host) {
  const program = browsers.map((name) => findProgram(name)).find((path) => path !== undefined)
  if (program === undefined) return inDefaultBrowser(host)
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
