import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDownloads } from '../../../../electron/host/downloads.ts'
import { createJobs, type Jobs } from '../../../../electron/host/jobs.ts'
import { withRetry } from '../../../../electron/host/retry.ts'
import { libraryFolder } from '../../../../electron/system/paths.ts'
import { AppError } from '../../../../shared/model/error.ts'
import type { Job } from '../../../../shared/model/job.ts'
import { until } from '../../../harness/poll.ts'
import { openPublisher, type Publisher } from '../../../harness/publisher.ts'

let publisher: Publisher
let folder: string | undefined
let jobs: Jobs
const before = process.env['XDG_DATA_HOME']
beforeAll(async () => {
  publisher = await openPublisher()
})
afterAll(() => publisher.close())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'downloads-'))
  process.env['XDG_DATA_HOME'] = folder
  jobs = createJobs(() => undefined)
})
afterEach(async () => {
  await jobs.stopAll()
  if (before === undefined) delete process.env['XDG_DATA_HOME']
  else process.env['XDG_DATA_HOME'] = before
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

const open = () => createDownloads({ jobs, settings: () => ({ mirrors: [], entries: [] }), onFault: (what, error) => expect.fail(`${what}: ${String(error)}`) })
const ended = (id: string): Promise<Job> => until(`the end of ${id}`, 30_000, () => jobs.list().find((job) => job.id === id && job.state !== 'running'))

describe('downloads into the library', () => {
  it('that are begun at once: of one address there is one, of two files with one name both have a name', async () => {
    const pace = { bytesPerSecond: 20_000 }
    publisher.put('/a/disk.img', { content: 'a'.repeat(4_000), ...pace })
    publisher.put('/b/disk.img', { content: 'b'.repeat(4_000), ...pace })
    const { start } = open()
    const wishes = ['/a/disk.img', '/a/disk.img', '/b/disk.img'].map((path) => start({ entry: null, address: publisher.address(path) }))
    const [one = '', same, other = ''] = await Promise.all(wishes)
    expect(same).toBe(one)
    expect((await Promise.all([one, other].map(ended))).map(({ state }) => state)).toEqual(['done', 'done'])
    expect(readdirSync(libraryFolder()).filter((name) => !name.startsWith('.')).toSorted()).toEqual(['disk-2.img', 'disk.img'])
    expect(['disk.img', 'disk-2.img'].map((name) => readFileSync(join(libraryFolder(), name), 'utf8')[0])).toEqual(['a', 'b'])
  })

  it('that end with a refusal offer to begin again, and do', async () => {
    publisher.put('/busy.img', { content: '', status: 403 })
    const { start } = open()
    const { error } = await ended(await start({ entry: null, address: publisher.address('/busy.img') }))
    const input = { entry: null, address: publisher.address('/busy.img') }
    expect(error).toMatchObject({ code: 'address-refused', remedies: [{ name: 'retry', request: { name: 'download.start', input } }] })
    publisher.put('/busy.img', { content: 'image' })
    expect(await ended(await start(input))).toMatchObject({ state: 'done' })
    expect(existsSync(join(libraryFolder(), 'busy.img'))).toBe(true)
  })

  it('offer nothing where the same would fail again', () => {
    const gone = new AppError('address-gone', { address: 'a', folder: 'b' })
    expect(withRetry(gone, 'download.start', {})).toBe(gone)
  })
})
