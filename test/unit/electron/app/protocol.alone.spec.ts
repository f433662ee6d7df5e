import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const electron = vi.hoisted(() => ({ registerSchemesAsPrivileged: vi.fn() }))
vi.mock('electron', () => ({ protocol: electron }))

const { registerScheme, servePages } = await import('../../../../electron/app/protocol.ts')
type Session = Parameters<typeof servePages>[0]

let base = '/nonexistent'
let answer: (request: Request) => Promise<Response>
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'vivero-scheme-'))
  await mkdir(join(base, 'renderer/assets'), { recursive: true })
  await writeFile(join(base, 'renderer/index.html'), '<!doctype html><title>ñ</title>')
  await writeFile(join(base, 'renderer/assets/main.js'), 'export {}')
  await writeFile(join(base, 'renderer/assets/odd.thing'), 'x')
  await writeFile(join(base, 'secret.txt'), 'secret')
  await mkdir(join(base, 'renderer-other'))
  await writeFile(join(base, 'renderer-other/a.txt'), 'secret')
  const handle = (scheme: string, handler: typeof answer): void => {
    expect(scheme).toBe('vivero')
    answer = handler
  }
  servePages({ protocol: { handle } } as unknown as Session, join(base, 'renderer'))
})
afterEach(() => rm(base, { recursive: true, force: true }))

const get = (url: string, method = 'GET'): Promise<Response> => answer(new Request(url, { method }))

describe('the app’s scheme', () => {
  it('is one with an origin of its own', () => {
    registerScheme()
    expect(electron.registerSchemesAsPrivileged).toHaveBeenCalledExactlyOnceWith([
      { scheme: 'vivero', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
  })

  it('serves the page with a strict policy, of which only the relay’s port is open', async () => {
    const page = await get('vivero://app/index.html')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('ñ')
    const policy = page.headers.get('Content-Security-Policy')?.split('; ') ?? []
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:*")
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    })
  })

  it('serves its files by what they are', async () => {
    expect(await (await get('vivero://app/')).text()).toContain('<title>')
    expect((await get('vivero://app/assets/main.js')).headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
    expect((await get('vivero://app/assets/odd.thing')).headers.get('Content-Type')).toBe('application/octet-stream')
    const head = await get('vivero://app/index.html', 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%2frenderer-other%2fa.txt',
    '/assets',
    '/%00',
    '/%',
    '/nothing',
    '//etc/passwd',
  ])('does not find %s', async (path) => {
    const response = await get(`vivero://app${path}`)
    expect([response.status, await response.text()]).toEqual([404, ''])
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })

  it('is refused to any other host, and read alone', async () => {
    expect((await get('vivero://other/index.html')).status).toBe(403)
    expect((await get('vivero://app.example/index.html')).status).toBe(403)
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await get('vivero://app/index.html', method)).status).toBe(405)
  })

  it('survives a link to nowhere', async () => {
    await symlink(join(base, 'gone'), join(base, 'renderer/broken.js'))
    expect((await get('vivero://app/broken.js')).status).toBe(404)
  })
})
