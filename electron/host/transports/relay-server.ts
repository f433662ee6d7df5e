/** The console relay's own loopback server, for Electron, whose page comes by another way. Opened when first needed. */
import type { Relay } from '../relay.ts'
import { openLoopback, refuseUpgrade, type Loopback } from './loopback.ts'

export interface RelayServer {
  /** `ws://127.0.0.1:PORT`; opens the server at the first call. */
  base(): Promise<string>
  close(): Promise<void>
}

/** `origins`: those of the app's own page. */
export function relayServer(relay: Pick<Relay, 'handleUpgrade'>, origins: readonly string[]): RelayServer {
  let opening: Promise<Loopback> | null = null
  const open = (): Promise<Loopback> =>
    openLoopback({
      port: 0,
      origins,
      onRequest: (_request, response) => void response.writeHead(404, { 'Content-Length': 0 }).end(),
      onUpgrade: (path, request, socket, head) => {
        const ticket = /^\/console\/([A-Za-z0-9_-]{1,200})$/.exec(path)?.[1]
        if (ticket) relay.handleUpgrade(ticket, request, socket, head)
        else refuseUpgrade(socket, 404)
      },
    })
  return {
    base: async () => `ws://127.0.0.1:${(await (opening ??= open())).port}`,
    close: async () => (await opening)?.close(),
  }
}
