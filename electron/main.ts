/** Electron's entry: a flat list of set-ups, each in app/. */
import { app, ipcMain, session } from 'electron'
import { join } from 'node:path'
import { connectIpc, EVENT_CHANNEL } from './host/transports/ipc.ts'
import { relayServer } from './host/transports/relay-server.ts'
import { createHost, type Host } from './host/create-host.ts'
import { createRelay } from './console/relay.ts'
import { openLog } from './host/log.ts'
import { configFolder, dataFolder, stateFolder } from './system/paths.ts'
import { electronDesktop } from './app/desktop.ts'
import { followHost, type Following } from './app/follow.ts'
import { keepLife } from './app/life.ts'
import { ORIGIN } from './app/origin.ts'
import { registerScheme, servePages } from './app/protocol.ts'
import { hardenContents, hardenSession, isOwnPage } from './app/security.ts'
import { createWindow, raise, showPage } from './app/window.ts'

async function start(): Promise<void> {
  const root = app.getAppPath()
  const log = openLog(join(stateFolder(), 'app.log'))
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught'))
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled'))
  hardenSession(session.defaultSession)
  servePages(session.defaultSession, join(root, 'out/renderer'))
  const window = createWindow({
    preload: join(root, 'out/preload/preload.cjs'),
    icon: join(root, 'assets/icons/256x256.png'),
    stateFile: join(configFolder(), 'window.json'),
    developer: !app.isPackaged,
  })
  const relay = createRelay()
  const server = relayServer(relay, [ORIGIN])
  const host: Host = await createHost({
    version: app.getVersion(),
    desktop: electronDesktop({ window: () => window, words: () => following.words() }),
    configFolder: configFolder(),
    env: process.env,
    relay,
    relayBase: server.base,
    log,
    quit: () => life.leave(),
  })
  const following: Following = await followHost({
    host,
    choose: (item) => window.webContents.send(EVENT_CHANNEL, { event: 'app.menu', payload: { item } }),
    quit: () => window.close(),
  })
  const { webContents } = window
  const disconnect = connectIpc(following.host, { ipcMain, webContents, isOwnPage: (event) => isOwnPage(event, window) })
  const life = keepLife({
    app,
    window,
    host,
    close: async () => {
      disconnect()
      await server.close()
    },
  })
  app.on('second-instance', () => raise(window))
  showPage(window)
}

registerScheme()
hardenContents(app)
app.setPath('userData', join(dataFolder(), 'browser'))
// Chromium would ask for a permission before the page may reach the console's relay on this machine.
app.commandLine.appendSwitch('disable-features', 'LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets')
if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      process.stderr.write(`vivero: ${error instanceof Error ? error.message : String(error)}\n`)
      app.exit(1)
    })
} else app.quit()
