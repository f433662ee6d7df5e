import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchVolume, unfinishedVolumeFetches } from '../../../../electron/create/fetch-volume.ts'
import { downloadTools, type DownloadTools } from '../../../../electron/images/downloads/index.ts'
import { PauseSwitch, LEAVING } from '../../../../electron/system/pause.ts'
import type { Message } from '../../../../shared/model/job.ts'
import { openPublisher, type Publisher } from '../../../harness/publisher.ts'
import { examplePool } from '../../examples.ts'
import { stubVirsh, type StubAnswer, type VirshStub } from '../virsh-stub.ts'

const before = { OSINFO_SYSTEM_DIR: process.env['OSINFO_SYSTEM_DIR'], XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'], XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'], XDG_DATA_HOME: process.env['XDG_DATA_HOME'] }
let stub: VirshStub
let publisher: Publisher
let tools: DownloadTools
beforeAll(async () => {
  stub = stubVirsh()
  for (const name of Object.keys(before)) process.env[name] = stub.folder
  publisher = await openPublisher()
  tools = { ...downloadTools(), patienceMs: [1] }
})
afterAll(async () => {
  await publisher.close()
  await tools.http.close()
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  stub.end()
})

const content = Buffer.from('an image'.repeat(2_000))
const place = (): string => join(stub.folder, 'pool')
const fetches = (): string => join(stub.folder, 'vivero', 'fetches')
const target = { uri: 'qemu:///session', connection: 'session' }
const pool = () => examplePool({ connection: 'session', path: place() })
const wish = () => ({ source: publisher.address('/disk.img'), name: 'disk.img' })
beforeEach(() => {
  mkdirSync(place())
  answer()
})
afterEach(() => {
  rmSync(place(), { recursive: true })
  rmSync(fetches(), { recursive: true, force: true })
})

/** A session with that pool, and nothing in it that libvirt knows. */
const answer = (...answers: readonly StubAnswer[]): void => {
  const xml = `<pool type='dir'><name>default</name><uuid>${pool().uuid}</uuid><target><path>${place()}</path></target></pool>`
  stub.answer(...answers, { when: '^pool-list', print: `${pool().uuid}\n` }, { when: '^pool-dumpxml', print: xml })
}

function control() {
  const abort = new AbortController()
  const silent = (): void => undefined
  const given = { signal: abort.signal, pause: new PauseSwitch(), progress: silent, hold: silent, step: silent as (message: Message) => void, log: silent }
  return { abort, control: given }
}
const fetched = (given = control().control) => fetchVolume(target, pool(), wish(), given, tools)
/** Bytes that came so far. */
function pieces(): number {
  const files = existsSync(fetches()) ? readdirSync(fetches(), { recursive: true, encoding: 'utf8' }) : []
  return files.filter((name) => name.endsWith('.part')).reduce((sum, name) => sum + statSync(join(fetches(), name)).size, 0)
}

const asked = (): (string | null)[] => publisher.asked.filter(({ path }) => path === '/disk.img').map(({ range }) => range)

describe('what an address has', () => {
  it('becomes a file of the pool, and nothing of its way is left', async () => {
    publisher.put('/disk.img', { content })
    expect(await fetched()).toEqual({ path: join(place(), 'disk.img') })
    expect([readdirSync(place()), readFileSync(join(place(), 'disk.img')).equals(content), existsSync(fetches())]).toEqual([['disk.img'], true, false])
    expect(stub.written().at(-1)).toBe(`pool-refresh --pool=${pool().uuid}`)
  })

  it('is kept where the network broke off, gone on with when it is asked for again, and not fetched twice at a time', async () => {
    let answers = 0
    publisher.put('/disk.img', {
      content: '',
      says: (_request, response) => {
        if (answers++ > 0) return void response.destroy()
        response.writeHead(200, { 'content-length': content.length, etag: '"one"' })
        response.write(content.subarray(0, 8_000))
        // it breaks off once some of it is there
        const timer = setInterval(() => pieces() > 0 && (clearInterval(timer), response.destroy()), 10)
      },
    })
    await expect(fetched()).rejects.toMatchObject({ code: 'transfer-broken' })
    expect([readdirSync(place()), existsSync(fetches())]).toEqual([[], true])
    // while its app runs nobody else takes it over
    expect(await unfinishedVolumeFetches()).toEqual([])
    publisher.put('/disk.img', { content })
    const first = fetched()
    await expect(fetched()).rejects.toMatchObject({ code: 'invalid-input', params: { finding: 'volume-name-taken' } })
    await first
    expect(asked().at(-1)).toMatch(/^bytes=[1-9]/)
    expect(readFileSync(join(place(), 'disk.img')).equals(content)).toBe(true)
    expect(existsSync(fetches())).toBe(false)
  })

  it('is thrown away where the publisher refuses it, or somebody cancels', async () => {
    publisher.put('/disk.img', { content, status: 403 })
    await expect(fetched()).rejects.toMatchObject({ code: 'address-refused' })
    expect(existsSync(fetches())).toBe(false)
    publisher.put('/disk.img', { content, hangs: true })
    const { abort, control: given } = control()
    const job = fetched(given)
    setTimeout(() => abort.abort(), 50)
    await expect(job).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(fetches())).toBe(false)
  })

  it('is put there anew where the app died while it put it there', async () => {
    publisher.put('/disk.img', { content })
    // the app ends as the copy begins, and its record is a dead process's
    const { abort, control: given } = control()
    const job = fetched({ ...given, step: ({ key }: Message) => void (key === 'creation:step.copy' && abort.abort(LEAVING)) })
    await expect(job).rejects.toMatchObject({ code: 'cancelled' })
    const [id = ''] = readdirSync(fetches())
    const record = join(fetches(), id, 'fetch.json')
    const kept = JSON.parse(readFileSync(record, 'utf8')) as Record<string, unknown>
    expect(kept).toMatchObject({ putting: true, name: 'disk.img' })
    writeFileSync(record, JSON.stringify({ ...kept, owner: '999999999@1' }))
    expect(await unfinishedVolumeFetches()).toEqual([{ connection: 'session', pool: pool().uuid, wish: wish(), paused: false }])
    const half = join(place(), 'disk.img')
    const volume = `<volume><name>disk.img</name><capacity>1</capacity><target><path>${half}</path><format type='raw'/></target></volume>`
    answer({ when: '^vol-list', print: ` disk.img   ${half}\n` }, { when: '^vol-dumpxml', print: volume }, { when: '^vol-delete', fail: 'cannot' })
    await expect(fetched()).rejects.toMatchObject({ code: 'libvirt' })
    expect(stub.written()).toContain(`vol-delete --vol=${half}`)
  })
})
