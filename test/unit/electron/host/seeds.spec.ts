import { existsSync } from 'node:fs'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Seeds, type SeedsDependencies } from '../../../../electron/host/seeds.ts'
import { localSeed, orphanRecords, readRecord, seedFolder, seedName, writeRecord } from '../../../../electron/images/first-start/records.ts'
import { processIdentity } from '../../../../electron/system/process-identity.ts'
import type { DomainSummary } from '../../../../shared/model/domain.ts'
import { exampleDomain } from '../../examples.ts'
import { ownStateFolder } from '../../state-folder.ts'

const machine = '11111111-2222-3333-4444-555555555555'
const folder = ownStateFolder()

/** A seed of this user's, whose app is gone or is this one. */
async function seed(owner: 'gone' | 'this', path = localSeed(machine)): Promise<void> {
  await writeRecord({ machine, uri: 'qemu:///session', pool: null, path })
  if (owner === 'gone') await writeFile(join(seedFolder(), `${machine}.json`), JSON.stringify({ machine, uri: 'qemu:///session', pool: null, path, owner: '1@0' }))
  await writeFile(path, 'seed')
}

/** A host with one connection, whose machines can be changed. */
function host(...domains: readonly Partial<DomainSummary>[]) {
  const faults: unknown[] = []
  const live = { view: {}, target: { uri: 'qemu:///session', connection: 'session' }, inventory: { complete: true, domains: domains.map((domain) => exampleDomain({ uuid: machine, name: 'web', ...domain })) } as object | null }
  const seeds = new Seeds({ connections: () => [live] as unknown as ReturnType<SeedsDependencies['connections']>, onFault: (_what, error) => void faults.push(error) })
  const now = (...next: readonly Partial<DomainSummary>[]): void => {
    live.inventory = { complete: true, domains: next.map((domain) => exampleDomain({ uuid: machine, name: 'web', ...domain })) }
    seeds.heard('domain.changed')
  }
  return { seeds, live, now, faults }
}

const isThere = (): boolean => existsSync(localSeed(machine))
/** It is there, and stays: another seed, whose machine is gone, was looked at after it and is away. */
async function stays(seeds: Seeds): Promise<void> {
  const other = '99999999-2222-3333-4444-555555555555'
  await writeRecord({ machine: other, uri: 'qemu:///session', pool: null, path: localSeed(other) })
  await writeFile(localSeed(other), 'seed')
  await seeds.lookAfter(other)
  await expect.poll(() => existsSync(join(seedFolder(), `${other}.json`))).toBe(false)
  expect(isThere()).toBe(true)
}
const gone = () => expect.poll(async () => (isThere() ? ['seed'] : await readdir(seedFolder()))).toEqual([])

describe('the record of a seed', () => {
  it('is private, and its app’s as long as that runs', async () => {
    await seed('this')
    expect([(await stat(seedFolder())).mode & 0o777, (await stat(join(seedFolder(), `${machine}.json`))).mode & 0o777]).toEqual([0o700, 0o600])
    expect((await readRecord(machine))?.owner).toBe(await processIdentity(process.pid))
    expect(await orphanRecords()).toEqual([])
    await seed('gone')
    expect(await orphanRecords()).toMatchObject([{ machine }])
  })

  it('that is broken, or names a file that is no seed of this app, is not followed', async () => {
    const precious = join(folder(), 'precious')
    await writeFile(precious, 'x')
    await seed('gone', precious)
    expect(await orphanRecords()).toEqual([])
    await writeFile(join(seedFolder(), `${machine}.json`), '{"mach')
    expect(await orphanRecords()).toEqual([])
    await seed('gone', join(folder(), seedName(machine)))
    expect(await orphanRecords()).toHaveLength(1)
  })

  it('knows a process from a later one of the same number', async () => {
    expect(await processIdentity(process.pid)).toMatch(new RegExp(`^${process.pid}@\\d+$`))
    expect(await processIdentity(2 ** 30)).toBeNull()
  })
})

describe('a seed that is looked after', () => {
  it('stays while its machine runs or is saved, and goes once it is off', async () => {
    await seed('this')
    const { seeds, now, faults } = host({ state: 'running' })
    await seeds.lookAfter(machine)
    await stays(seeds)
    for (const domain of [{ state: 'paused' }, { state: 'shutoff', saved: true }] as const) {
      now(domain)
      await stays(seeds)
    }
    now({ state: 'shutoff', saved: false })
    await gone()
    expect(faults).toEqual([])
  })

  it('goes with its machine', async () => {
    await seed('this')
    const { seeds, now } = host({ state: 'running' })
    await seeds.lookAfter(machine)
    now()
    await gone()
  })

  it('waits for its connection where that is not open', async () => {
    await seed('gone')
    const { seeds, live, now } = host()
    live.inventory = null
    await seeds.start()
    seeds.heard('connection.changed')
    expect(isThere()).toBe(true)
    now({ state: 'shutoff', saved: false })
    await gone()
  })

  it('of an app that was killed is taken over at the start; one of an app that runs is not', async () => {
    await seed('this')
    const { seeds, now } = host({ state: 'shutoff', saved: false })
    await seeds.start()
    now({ state: 'shutoff', saved: false })
    await stays(seeds)
    await seed('gone')
    await seeds.start()
    await gone()
  })
})
