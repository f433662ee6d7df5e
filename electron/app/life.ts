import type { App, BrowserWindow } from 'electron'
import type { Host } from '../host/create-host.ts'

/** Work that does not let itself be cancelled is waited for no longer than this, in milliseconds. */
const LAST_WAIT_MS = 20_000

export interface LifeOptions {
  readonly app: App
  readonly window: BrowserWindow
  readonly host: Pick<Host, 'mayClose' | 'close'>
  /** Ends what stands over the host. */
  close(): Promise<void>
}

/**
 * When the app ends: with its window, which closes when the host has nothing to ask, by `leave` and by a signal. Work is
 * cancelled and waited for; machines go on.
 */
export function keepLife({ app, window, host, close }: LifeOptions): { leave(): void } {
  let leaving = false
  let ended = false
  const leave = (): void => {
    leaving = true
    app.quit()
  }
  window.on('close', (event) => {
    // A page that is dead cannot put the question.
    if (leaving || window.webContents.isCrashed() || host.mayClose()) return
    event.preventDefault()
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (ended) return
    event.preventDefault()
    void end(host, close).finally(() => {
      ended = true
      app.quit()
    })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave)
  return { leave }
}

async function end(host: Pick<Host, 'close'>, close: () => Promise<void>): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, LAST_WAIT_MS).unref())
  await Promise.race([host.close({ stopJobs: true }).then(close), late])
}
