import { spawn, type ChildProcess } from 'node:child_process'
import { asUser, until } from '../../harness/index.ts'

/** A computer outside the lab's own: a network namespace behind a wire, with a TCP server in it. */
export interface OutsideHost {
  readonly address: string
  readonly port: number
  /** What has been said to it, one line each. */
  heard(): string
  stop(): Promise<void>
}

const address = '203.0.113.2'
const port = 7777
const server = `require('node:net').createServer((socket) => socket.on('error', () => {}).once('data', (text) => {
  process.stdout.write('from ' + socket.remoteAddress + ': ' + text); socket.end('answer to ' + text) })).listen(${port})`

/** Answers each connection's first line with "answer to LINE" and closes it. */
export async function startOutsideHost(): Promise<OutsideHost> {
  const root = asUser('root')
  const child = spawn('unshare', ['--net', '--', process.execPath, '-e', server], { stdio: ['ignore', 'pipe', 'inherit'] })
  let heard = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (heard += text))
  const inside = ['nsenter', `--net=/proc/${child.pid}/ns/net`]
  const ip = async (argv: readonly string[]): Promise<void> => {
    const done = await root.exec(argv)
    if (done.code !== 0) throw new Error(`${argv.join(' ')}: ${done.stderr}`)
  }
  await until('the namespace', 5_000, async () => ((await inNamespaceOfItsOwn(child)) ? true : undefined))
  await ip(['ip', 'link', 'add', 'outside0', 'type', 'veth', 'peer', 'name', 'outside1', 'netns', String(child.pid)])
  await ip(['ip', 'address', 'add', '203.0.113.1/24', 'dev', 'outside0'])
  await ip(['ip', 'link', 'set', 'outside0', 'up'])
  await ip([...inside, 'ip', 'address', 'add', `${address}/24`, 'dev', 'outside1'])
  await ip([...inside, 'ip', 'link', 'set', 'outside1', 'up'])
  return {
    address,
    port,
    heard: () => heard,
    stop: async () => {
      child.kill('SIGKILL')
      await root.exec(['ip', 'link', 'delete', 'outside0'])
    },
  }
}

async function inNamespaceOfItsOwn(child: ChildProcess): Promise<boolean> {
  const of = async (pid: string): Promise<string> => (await asUser('root').exec(['readlink', `/proc/${pid}/ns/net`])).stdout
  return (await of(String(child.pid))) !== (await of(String(process.pid)))
}
