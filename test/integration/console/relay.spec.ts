import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createRelay, type Relay } from '../../../electron/console/relay.ts'
import { AppError } from '../../../shared/model/error.ts'
import { ensureGuest } from '../../guest/index.ts'
import { asUser, defineGuest, serialPort, until } from '../../harness/index.ts'

const root = asUser('root')
const uri = 'qemu:///system'
const target = { uri, connection: 'system' }
/** Hostile, where a shell or virsh's own first lines would read it. */
const name = '-c $(touch "pwned");`id`\' & ñ Escape character is ^^ (Ctrl + ^)'
const virsh = (...args: readonly string[]): Promise<string> => root.virsh(['-c', uri, ...args])

let relay: Relay
let server: Server
let address: string
let uuid: string

beforeAll(async () => {
  const disk = root.give((await ensureGuest()).disk, '/var/lib/libvirt/images/consola.qcow2')
  uuid = await defineGuest(root, { name, disk, connection: uri, network: null })
  relay = createRelay({ ticketMs: 3_000 })
  server = createServer()
  server.on('upgrade', (request, socket, head) => relay.handleUpgrade((request.url ?? '').slice(1), request, socket, head))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(async () => {
  await relay.close()
  server.closeAllConnections()
  server.close()
  await root.exec(['virsh', '-c', uri, 'destroy', `--domain=${name}`])
  await root.exec(['virsh', '-c', uri, 'undefine', `--domain=${name}`])
})

/** A page's side: what it heard, and how it ended. */
class Page {
  heard = Buffer.alloc(0)
  code: number | null = null
  readonly socket: WebSocket

  constructor(ticket: string) {
    this.socket = new WebSocket(address + ticket)
    this.socket.on('message', (data: Buffer) => (this.heard = Buffer.concat([this.heard, data])))
    this.socket.on('close', (code) => (this.code = code))
    this.socket.on('error', () => undefined)
    this.socket.on('unexpected-response', (request, response) => {
      this.code = response.statusCode ?? 0
      request.destroy()
    })
  }
  get text(): string {
    return this.heard.toString('utf8')
  }
  expectText(pattern: RegExp, limit = 60_000): Promise<RegExpExecArray> {
    const found = until(String(pattern), limit, () => pattern.exec(this.text) ?? undefined)
    return found.catch((error: unknown) => Promise.reject(new Error(`${String(error)}; heard ${JSON.stringify(this.text.slice(-500))}`)))
  }
  ended(): Promise<number> {
    return until('the end', 20_000, () => this.code ?? undefined)
  }
  /** Waits for the shell's prompt: what is typed before it is ready for it, it throws away, so Enter is typed again. */
  async prompt(): Promise<void> {
    for (let tries = 1; ; tries++) {
      this.type('\r')
      const seen = await this.expectText(/vivero# /, 2_000).then(() => true, () => false) // prettier-ignore
      if (seen) return
      if (tries === 10) throw new Error(`no prompt; heard ${JSON.stringify(this.text)}`)
    }
  }
  type(text: string): void {
    const send = (): void => this.socket.send(Buffer.from(text))
    if (this.socket.readyState === WebSocket.CONNECTING) this.socket.once('open', send)
    else send()
  }
}

const serial = async (): Promise<Page> => new Page((await relay.openSerial(target, uuid, 0)).ticket)
const display = async (): Promise<Page> => new Page((await relay.openDisplay(target, uuid)).ticket)

async function refusal(work: Promise<unknown>): Promise<AppError> {
  try {
    await work
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

async function start(): Promise<void> {
  await virsh('start', `--domain=${name}`)
  const port = await serialPort(root, name, uri)
  await port.expectText(/vivero-guest ready/, 90_000)
  port.close()
}

/** Processes of consoles, and what this process has open. */
async function traces(): Promise<readonly string[]> {
  const processes = (await root.exec(['ps', '-eo', 'args'])).stdout.split('\n').filter((line) => /^(script|virsh|setpriv)\b.*consol/.test(line))
  const open = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).replace(/\[\d+\]/, '')
    } catch {
      return 'gone'
    }
  })
  return [...processes, ...open.filter((link) => /^(socket|pipe|\/dev\/pt)/.test(link))].sort()
}

async function nothingLeft(before: readonly string[]): Promise<void> {
  let now = before
  const same = async (): Promise<true | undefined> => ((now = await traces()).join('\n') === before.join('\n') ? true : undefined)
  await until('nothing left', 10_000, same).catch(() => expect(now).toEqual(before))
}

describe('while the machine is off', () => {
  it('says so', async () => {
    expect(await refusal(relay.openDisplay(target, uuid))).toMatchObject({ code: 'not-active', params: { name } })
    expect(await refusal(relay.openSerial(target, uuid, 0))).toMatchObject({ code: 'not-active', params: { name } })
  })
})

describe('a running machine', () => {
  beforeAll(start)

  it('shows its display: VNC speaks, once a ticket', async () => {
    const { ticket, password } = await relay.openDisplay(target, uuid)
    expect(password).toBeNull()
    const page = new Page(ticket)
    await page.expectText(/^RFB 003\.008\n/, 10_000)
    page.type('RFB 003.008\n')
    await until('security types', 5_000, () => (page.heard.length >= 14 ? true : undefined))
    expect([...page.heard.subarray(12, 14)]).toEqual([1, 1])
    const again = new Page(ticket)
    expect(await again.ended()).toBe(403)
    page.socket.close()
  })

  it('refuses a wrong ticket, and one that is too old', async () => {
    expect(await new Page('x'.repeat(43)).ended()).toBe(403)
    const before = await traces()
    const { ticket } = await relay.openDisplay(target, uuid)
    await nothingLeft(before)
    expect(await new Page(ticket).ended()).toBe(403)
  })

  it('speaks on its serial port, both ways, without a word of virsh', async () => {
    const page = await serial()
    await page.prompt()
    page.type('echo a$((6 * 7))z\r')
    await page.expectText(/^a42z\r?$/m)
    expect(page.text).not.toMatch(/Connected to domain|Escape character|Authorization/)
    page.socket.close()
  })

  it("leaves Ctrl+] and bytes above 127 to the guest, and keeps virsh's own escape from it", async () => {
    const page = await serial()
    await page.prompt()
    page.type('stty -icanon; cat -v\r')
    await page.expectText(/cat -v\r\n/)
    page.type('p\x1dq\x1er\u00e9\r')
    await page.expectText(/p\^\]qrM-CM-\)/, 10_000)
    page.type('\x03stty sane\r')
    page.socket.close()
  })

  it('gives its port to the last who asks, and tells the one before', async () => {
    const first = await serial()
    await first.prompt()
    const second = await serial()
    expect(await first.ended()).toBe(4000)
    await second.prompt()
    second.type('echo seg$((1))undo\r')
    await second.expectText(/seg1undo/)
    second.socket.close()
    await until('the end', 5_000, () => second.code ?? undefined)
  })

  it('has no other port than it has', async () => {
    expect(await refusal(relay.openSerial(target, uuid, 2))).toMatchObject({ code: 'no-serial', params: { port: 2 } })
  })

  it('leaves no process and no descriptor behind when the page goes, in good order or not', async () => {
    const before = await traces()
    for (const leave of ['close', 'terminate'] as const) {
      const pages = [await display(), await display(), await serial()]
      await Promise.all([pages[0]?.expectText(/^RFB/), pages[1]?.expectText(/^RFB/)])
      await pages[2]?.prompt()
      expect((await traces()).length).toBeGreaterThan(before.length)
      for (const page of pages) page.socket[leave]()
      await nothingLeft(before)
    }
  })

  it('leaves nothing behind when the relay ends', async () => {
    const before = await traces()
    const other = createRelay()
    const mine = server.listeners('upgrade')
    server.removeAllListeners('upgrade')
    server.on('upgrade', (request, socket, head) => other.handleUpgrade((request.url ?? '').slice(1), request, socket, head))
    try {
      const pages = [new Page((await other.openDisplay(target, uuid)).ticket), new Page((await other.openSerial(target, uuid, 0)).ticket)]
      await other.openDisplay(target, uuid)
      await pages[1]?.prompt()
      await other.close()
      await Promise.all(pages.map((page) => page.ended()))
      await nothingLeft(before)
    } finally {
      server.removeAllListeners('upgrade')
      for (const listener of mine) server.on('upgrade', listener as (...values: unknown[]) => void)
    }
  })

  it('tells both consoles that it ended, and lets them in again after its restart', async () => {
    const pages = [await display(), await serial()]
    await Promise.all([pages[0]?.expectText(/^RFB/), pages[1]?.prompt()])
    await virsh('destroy', `--domain=${name}`)
    expect(await Promise.all(pages.map((page) => page.ended()))).toEqual([1000, 1000])
    await start()
    const again = [await display(), await serial()]
    await Promise.all([again[0]?.expectText(/^RFB/), again[1]?.prompt()])
    for (const page of again) page.socket.close()
  })

  it('asks libvirt for a display that listens nowhere', async () => {
    await virsh('destroy', `--domain=${name}`)
    const edit = "sed -i \"s#<listen type='socket'[^>]*/>#<listen type='none'/>#\""
    await root.exec(['virsh', '-c', uri, 'edit', `--domain=${name}`], { env: { EDITOR: edit } })
    await start()
    expect(await virsh('dumpxml', `--domain=${name}`)).toContain("<listen type='none'/>")
    const before = await traces()
    const page = await display()
    await page.expectText(/^RFB 003\.008\n/, 10_000)
    page.socket.close()
    await nothingLeft(before)
  })
})

describe('a machine whose libvirtd is killed', () => {
  const alumna = asUser('alumna')
  const session = { uri: 'qemu+unix:///session?socket=/run/user/1000/libvirt/libvirt-sock', connection: 'session' }
  const mine = (...args: readonly string[]): Promise<string> => alumna.virsh(['-c', 'qemu:///session', ...args])
  let machine: string

  beforeAll(async () => {
    machine = await defineGuest(alumna, { name: 'huérfana', network: null })
    await mine('start', machine)
  })
  afterAll(async () => {
    await mine('destroy', machine)
    await mine('undefine', machine)
  })

  /** A page on its serial port, when libvirtd has opened that. */
  async function joined(): Promise<Page> {
    const port = /<serial type='pty'>\s*<source path='([^']+)'/.exec(await mine('dumpxml', machine))?.[1] ?? ''
    expect(port).toMatch(/^\/dev\/pts\/\d+$/)
    const page = new Page((await relay.openSerial(session, machine, 0)).ticket)
    await until('libvirtd at the port', 20_000, async () => {
      const open = await root.exec(['sh', '-c', 'ls -l /proc/$(pgrep -u alumna -x libvirtd)/fd'])
      return open.stdout.split('\n').some((line) => line.endsWith(` -> ${port}`)) ? true : undefined
    })
    return page
  }

  it('has its serial port closed with the reason, leaves nothing behind, and lets in again when libvirtd is back', async () => {
    const before = await traces()
    const page = await joined()
    await root.exec(['pkill', '-KILL', '-u', 'alumna', '-x', 'libvirtd'])
    expect(await page.ended()).toBe(4001)
    await nothingLeft(before)
    expect(await mine('domstate', machine)).toContain('running')
    const again = await joined()
    expect(again.code).toBeNull()
    again.socket.close()
    await nothingLeft(before)
  })
})
