import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forgetJournal, journalOf, takeOverJournals } from '../../../../electron/create/journal.ts'
import type { Taken } from '../../../../electron/create/take-back.ts'
import { exampleUuid } from '../../examples.ts'
import { ownStateFolder } from '../../state-folder.ts'

const folder = ownStateFolder()

const target = { uri: 'qemu:///session', connection: 'session' }
const purpose = { kind: 'create-machine', title: { key: 'jobs:kind.create-machine', params: { name: 'Süß "x"\n' } } } as const
const disk: Taken = { undo: { kind: 'remove-file', path: '/images/a b\n.qcow2' }, pool: null }
const journals = (): string => join(folder(), 'vivero', 'creations')
const names = (): Promise<string[]> => readdir(journals()).catch(() => [])

/** A journal of a creation that is at work, as a process of that identity would have written it. */
async function writtenBy(owner: 'this' | string, made: readonly Taken[] = [disk]): Promise<string> {
  const known = new Set(await names())
  await journalOf(target, { ...purpose, machine: exampleUuid(1) }).note(made)
  const path = join(journals(), (await names()).find((name) => !known.has(name)) ?? '')
  if (owner !== 'this') await writeFile(path, JSON.stringify({ ...(JSON.parse(await readFile(path, 'utf8')) as object), owner }))
  return path
}

describe('the journal of a creation', () => {
  it('is private, and gone when the creation has ended', async () => {
    const journal = journalOf(target, { ...purpose, machine: null })
    await journal.note([disk])
    const [name = ''] = await names()
    expect([(await stat(journals())).mode & 0o777, (await stat(join(journals(), name))).mode & 0o777]).toEqual([0o700, 0o600])
    await journal.end()
    expect(await names()).toEqual([])
  })

  it('holds what may be taken back later too, and nothing of what may hold a secret', async () => {
    const secret = { kind: 'document', args: ['define'], xml: '<graphics passwd="geheim"/>', secrets: [{ value: 'geheim' }] } as const
    const others: Taken[] = [
      { undo: secret, pool: null },
      { undo: { kind: 'virsh', args: ['undefine', '--domain=x'] }, pool: null },
      { undo: { kind: 'virsh', args: ['net-destroy', '--network=default'] }, pool: null },
    ]
    const pool: Taken = { undo: { kind: 'virsh', args: ['pool-destroy', '--pool=default'] }, pool: 'default' }
    const path = await writtenBy('1@0', [...others, disk, pool])
    expect(await readFile(path, 'utf8')).not.toContain('geheim')
    expect(await takeOverJournals()).toMatchObject([{ ...target, ...purpose, machine: exampleUuid(1), made: [disk, pool] }])
  })

  it('stops no creation where it cannot be written', async () => {
    await writeFile(join(folder(), 'vivero'), 'a file where the folder would be')
    const journal = journalOf(target, { ...purpose, machine: null })
    await journal.note([disk])
    await journal.end()
    expect(await takeOverJournals()).toEqual([])
  })
})

describe('the next start', () => {
  it('takes none whose app runs, be it this one or another window’s', async () => {
    await writtenBy('this')
    expect(await takeOverJournals()).toEqual([])
    expect(await names()).toHaveLength(1)
  })

  it('takes one whose number another process has by now', async () => {
    await writtenBy(`${process.pid}@1`)
    expect(await takeOverJournals()).toHaveLength(1)
  })

  it('takes it over: a second window does not tell of it too, and when it was found is known from then on', async () => {
    const path = await writtenBy('1@0')
    const [first] = await takeOverJournals()
    expect(await takeOverJournals()).toEqual([])
    await writeFile(path, JSON.stringify({ ...(JSON.parse(await readFile(path, 'utf8')) as object), owner: '1@0' }))
    const [again] = await takeOverJournals()
    expect(again).toEqual(first)
    await forgetJournal(first?.id ?? '')
    expect(await names()).toEqual([])
  })

  it('puts a torn one aside, and removes what was written half, not what is just being written', async () => {
    const torn = await writtenBy('1@0')
    await writeFile(torn, (await readFile(torn, 'utf8')).slice(0, 40))
    const whole = await writtenBy('1@0')
    const [old, fresh] = [`${torn}.000000000000.tmp`, `${torn}.111111111111.tmp`]
    for (const path of [old, fresh]) await writeFile(path, '{')
    await utimes(old, new Date(0), new Date(0))
    expect((await takeOverJournals()).map(({ id }) => `${id}.json`)).toEqual([whole.slice(journals().length + 1)])
    const left = await names()
    expect(left.filter((name) => name.includes('.broken-'))).toHaveLength(1)
    expect(left.filter((name) => name.endsWith('.tmp'))).toEqual([fresh.slice(journals().length + 1)])
  })
})
