/**
 * A private socket whose other end is the system's libvirt. polkit keeps a password for the one process that libvirt sees
 * at its socket (process id and start time), and each virsh is a process of its own: all would ask. Behind this socket
 * libvirt sees this process alone, and one password serves them all. https://libvirt.org/auth.html#unix-socket-polkit-auth
 */
import { chmod } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { AppError } from '../../shared/model/error.ts'
import type { SocketProxy } from './target.ts'
import { systemSockets, throughSocket } from './uri.ts'
import { temporaryPath } from './virsh.ts'

/** For connections to a daemon of this computer's system; for others it never opens. */
export function createSocketProxy(uri: string): SocketProxy {
  let current: { readonly uri: string; readonly server: Server } | null = null
  let turn = 0
  return {
    get uri() {
      return current?.uri ?? null
    },
    open: async () => {
      if (current) return
      const mine = ++turn
      const daemon = await answering(systemSockets(uri))
      if (daemon === null) return
      const path = await temporaryPath('.sock')
      const server = await listening(path, daemon)
      if (mine === turn) current = { uri: throughSocket(uri, path), server }
      else server.close()
    },
    close: () => {
      turn++
      current?.server.close()
      current = null
    },
  }
}

/** The first of them behind which somebody listens. */
async function answering(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const answers = await new Promise<boolean>((resolve) => {
      const socket = connect(path)
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (answers) return path
  }
  return null
}

/** The folder is this user's alone (0700), and so is the socket. */
async function listening(path: string, daemon: string): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (client) => join(client, connect({ path: daemon, allowHalfOpen: true })))
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
    await chmod(path, 0o600)
  } catch (error) {
    server.close()
    throw new AppError('permission-denied', { path }, error instanceof Error ? error.message : String(error))
  }
  server.on('error', () => undefined) // one client more than there are descriptors: that one is lost, not the app
  server.unref()
  return server
}

function join(client: Socket, daemon: Socket): void {
  const both = [client, daemon] as const
  for (const one of both) one.on('error', () => both.forEach((socket) => socket.destroy()))
  client.pipe(daemon)
  daemon.pipe(client)
}
