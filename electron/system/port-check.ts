/** Whether a port of this computer can be listened on, and who does already. */
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { run } from './exec.ts'

export interface Port {
  readonly protocol: 'tcp' | 'udp'
  readonly address: string
  readonly port: number
}

/** free; taken; forbidden: ports of root's; elsewhere: this computer has no such address. */
export type PortState = 'free' | 'taken' | 'forbidden' | 'elsewhere'

/** Tries it: listens there for a moment. */
export async function portState(place: Port): Promise<PortState> {
  const code = await (place.protocol === 'tcp' ? tryTcp(place) : tryUdp(place))
  if (code === 'EADDRINUSE') return 'taken'
  if (code === 'EACCES' || code === 'EPERM') return 'forbidden'
  return code === 'EADDRNOTAVAIL' ? 'elsewhere' : 'free'
}

function tryTcp({ address, port }: Port): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? null))
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(null)))
  })
}

function tryUdp({ address, port }: Port): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close()
      resolve(error.code ?? null)
    })
    socket.bind({ address, port, exclusive: true }, () => socket.close(() => resolve(null)))
  })
}

/** The program that listens there, as far as this user may know; null where that is not told. */
export async function portHolder({ protocol, port }: Port): Promise<string | null> {
  const answer = await run('ss', ['-Hlnp', protocol === 'tcp' ? '-t' : '-u', `sport = :${port}`], { timeoutMs: 5_000 }).catch(() => null)
  return answer?.exitCode === 0 ? readHolder(answer.stdout) : null
}

/** The first name in ss's `users:(("sshd",pid=1,fd=3))`. https://man7.org/linux/man-pages/man8/ss.8.html */
export function readHolder(text: string): string | null {
  return /users:\(\("([^"]+)"/.exec(text)?.[1] ?? null
}
