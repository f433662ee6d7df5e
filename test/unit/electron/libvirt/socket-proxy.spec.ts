import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSocketProxy } from '../../../../electron/libvirt/socket-proxy.ts'
import { uriToOpen } from '../../../../electron/libvirt/virsh.ts'

let folder: string | undefined
let daemon: Server | undefined
const runtime = process.env['XDG_RUNTIME_DIR']
const place = (name: string): string => join(folder ?? '/nonexistent', name)
const uri = (): string => `qemu+unix:///system?socket=${encodeURIComponent(place('daemon'))}`
const socketOf = (opened: string | null): string => new URL(opened ?? '').searchParams.get('socket') ?? ''

/** What comes back until the other end closes. */
async function heard(socket: Socket): Promise<string> {
  let text = ''
  for await (const part of socket.setEncoding('utf8')) text += String(part)
  return text
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vivero proxy '))
  process.env['XDG_RUNTIME_DIR'] = folder
  daemon = createServer((socket) => socket.on('data', (bytes) => void socket.end(`heard ${bytes.toString()}`)))
  await new Promise<void>((resolve) => daemon?.listen(place('daemon'), resolve))
})
afterEach(() => {
  daemon?.close()
  process.env['XDG_RUNTIME_DIR'] = runtime
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

describe('a socket through which every virsh reaches libvirt', () => {
  it('is this user’s alone, leads to the daemon and back, and leaves no file', async () => {
    const proxy = createSocketProxy(uri())
    expect(proxy.uri).toBeNull()
    await proxy.open()
    const path = socketOf(proxy.uri)
    expect(proxy.uri).toMatch(/^qemu\+unix:\/\/\/system\?socket=/)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const client = connect(path)
    client.write('word')
    expect(await heard(client)).toBe('heard word')
    proxy.close()
    expect(proxy.uri).toBeNull()
    await expect.poll(() => readdirSync(place('vivero'))).toEqual([])
  })

  it('is what virsh opens while it is open, whatever the connection is called', async () => {
    const proxy = createSocketProxy(uri())
    const target = { uri: 'qemu:///system', connection: 'system', proxy }
    expect(uriToOpen(target)).toBe('qemu:///system')
    await proxy.open()
    await proxy.open()
    expect(uriToOpen(target)).toBe(proxy.uri)
    expect(readdirSync(place('vivero'))).toHaveLength(1)
    proxy.close()
  })

  it('ends with the daemon’s end, and stays closed where nobody answers or nothing is to be reached', async () => {
    const proxy = createSocketProxy(uri())
    await proxy.open()
    const path = socketOf(proxy.uri)
    daemon?.close()
    expect(await heard(connect(path))).toBe('')
    proxy.close()
    for (const wanted of [uri(), 'qemu:///session', 'qemu+ssh://host/system']) {
      const other = createSocketProxy(wanted)
      await other.open()
      expect(other.uri, wanted).toBeNull()
    }
  })

  it('closed while it opens, it stays closed', async () => {
    const proxy = createSocketProxy(uri())
    const opening = proxy.open()
    proxy.close()
    await opening
    expect(proxy.uri).toBeNull()
    await expect.poll(() => readdirSync(place('vivero'))).toEqual([])
  })
})
