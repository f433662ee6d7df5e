/** Where a verb goes: a connection's URI, and where what it changes is noted. */
import type { LoggedCommand } from '../../shared/model/command.ts'
import type { ConnectionId } from '../../shared/model/connection.ts'

export interface Target {
  readonly uri: string
  readonly connection: ConnectionId
  /** Where no two virsh processes see the same objects. */
  readonly memory?: Memory
  /** Where one password is to serve many virsh processes. */
  readonly proxy?: SocketProxy
  /** Takes each command that changes something, after it ended. Reading is not noted. */
  readonly log?: (entry: Omit<LoggedCommand, 'id'>) => void
}

/** A private socket that leads to the system's libvirt (socket-proxy.ts). */
export interface SocketProxy {
  /** What virsh opens; null while it is closed. */
  readonly uri: string | null
  /**
   * Opens it, unless it is open. It stays closed where no daemon of this computer's system answers: then libvirt itself
   * says why. Errors: permission-denied (params.path).
   */
  open(): Promise<void>
  /** Takes no more connections; those that stand go on to their end. */
  close(): void
}

/** What holds a connection together whose objects live only as long as the virsh that opened it (test-driver.ts). */
export interface Memory {
  /** What virsh opens. */
  readonly uri: string
  /** Commands that changed something, in their order; every virsh begins with them. */
  readonly done: (readonly string[])[]
  /** What those commands need in their environment. */
  readonly env: Record<string, string>
  /** Begins anew. Errors: file-missing, permission-denied, xml-invalid. */
  open(): Promise<void>
  /** Forgets everything and removes its files. */
  close(): void
  /** A file with that text, for as long as it is open. Errors: connection-gone. */
  keep(text: string): Promise<string>
  /** Errors: unsupported for a command that does not work on such a connection. */
  refuse(args: readonly string[]): void
}
