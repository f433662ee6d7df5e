/** The console relay as the host sees it: one-time tickets, and addresses made of them on this transport's loopback server. */
import type { Relay } from '../console/relay.ts'
import type { Target } from '../libvirt/target.ts'

export type { Relay } from '../console/relay.ts'

/** What handlers use: tickets as addresses. */
export interface ConsoleRelay {
  display(target: Target, uuid: string): Promise<{ readonly url: string; readonly password: string | null }>
  serial(target: Target, uuid: string, port: number): Promise<{ readonly url: string }>
}

/** `base` answers `ws://127.0.0.1:PORT` of the server that gives upgrades of /console/<ticket> to the relay. */
export function consoleAddresses(relay: Relay, base: () => Promise<string>): ConsoleRelay {
  const address = async (ticket: string): Promise<string> => `${await base()}/console/${ticket}`
  return {
    display: async (target, uuid) => {
      const { ticket, password } = await relay.openDisplay(target, uuid)
      return { url: await address(ticket), password }
    },
    serial: async (target, uuid, port) => ({ url: await address((await relay.openSerial(target, uuid, port)).ticket) }),
  }
}
