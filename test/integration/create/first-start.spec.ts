/** What a machine is told at its first start, on the system connection: the seed is a volume of the chosen pool. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { verify } from 'unixcrypt'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { removeSeed } from '../../../electron/images/first-start/remove-seed.ts'
import { readRecord, seedFolder } from '../../../electron/images/first-start/records.ts'
import { readIsoHeader } from '../../../electron/system/iso9660.ts'
import { previewCommands } from '../../../electron/create/run.ts'
import type { FirstStart, FirstStartForm } from '../../../shared/model/first-start.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { difference } from '../../harness/index.ts'
import { clear, create, disks, everything, image, images, media, openBench, propose, virsh, watched, type Bench, type Interference } from './support.ts'

let bench: Bench
beforeEach(async () => {
  clear()
  // no host looks after them here
  for (const name of kept()) rmSync(join(seedFolder(), name))
  bench = await openBench()
})
afterAll(clear)

const documents: FirstStart = { kind: 'documents', userData: '#cloud-config\npassword: asdasd\nchpasswd: {expire: False}\n', metaData: 'instance-id: one\n', networkConfig: '' }
const form: FirstStartForm = { kind: 'form', hostName: '', user: 'ana', password: 'se\'cr"et $1', confirmation: 'se\'cr"et $1', sshKeys: [], locale: '', keyboard: '', packages: '', update: false }

const plan = async (change: Partial<MachinePlan> = {}): Promise<MachinePlan> => {
  const { plan: proposed } = await propose(bench, image(`${media}/small.qcow2`), { firstStart: documents, network: { kind: 'user' }, name: 'small', ...change }, 'http://debian.org/debian/11')
  return proposed
}

const seeds = (): string[] => readdirSync(images).filter((name) => name.startsWith('first-start-'))
const kept = (): string[] => (existsSync(seedFolder()) ? readdirSync(seedFolder()) : [])
const readSeed = (iso: string, name: string): string => execFileSync('xorriso', ['-osirrox', 'on', '-indev', iso, '-concat', 'overwrite', '-', `/${name}`, '--'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

// the image is used where it lies: the pool is made for the seed
test('a seed for the first start alone, in the pool, which nobody else reads; the stored machine never has it', async () => {
  const { uuid } = await create(bench, await plan({ imageUse: 'in-place', diskBytes: null }))
  const [seed = ''] = seeds()
  expect(seed).toBe(`first-start-${uuid}.iso`)
  const path = join(images, seed)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect((await readIsoHeader(path))?.volume).toBe('cidata')
  expect(readSeed(path, 'user-data')).toBe('#cloud-config\npassword: asdasd\nchpasswd: {expire: False}\n')
  expect(readSeed(path, 'meta-data')).toBe('instance-id: one\n')
  const live = virsh('dumpxml', uuid)
  expect(live).toContain(path)
  expect(live).toMatch(/<entry name='serial'>ds=nocloud<\/entry>/)
  const stored = virsh('dumpxml', '--inactive', uuid)
  for (const xml of [live, stored]) expect(xml).toContain(`<source file='${media}/small.qcow2'`)
  // what else it has is where it will be, so that the guest's names for it stay
  const places = (xml: string): string[] => xml.split(/(?=<(?:interface|disk|controller|video|memballoon|rng) )/).flatMap((part) => (/^<(?:controller type='scsi'|disk [^>]*device='cdrom')/.test(part) ? [] : (/<address type='pci'[^>]*>/.exec(part) ?? [])))
  expect(places(live)).toEqual(places(stored))
  expect(places(stored).length).toBeGreaterThan(10)
  expect(live).toMatch(/<disk type='file' device='cdrom'>[^]*?<target dev='sda' bus='scsi'\/>/)
  for (const word of ['first-start', 'cdrom', 'nocloud', 'smbios']) expect(stored).not.toContain(word)
  expect(kept()).toEqual([`${uuid}.json`])
  const record = await readRecord(uuid)
  expect(record).toMatchObject({ machine: uuid, pool: 'default', path, uri: 'qemu:///system' })
  expect(JSON.stringify(bench.commands)).not.toContain('asdasd')

  virsh('destroy', uuid)
  expect(virsh('dumpxml', uuid)).not.toContain('first-start')
  if (record) await removeSeed(bench.deps.target, record)
  expect([seeds(), kept()]).toEqual([[], []])
  expect(virsh('list', '--all', '--persistent', '--uuid')).toContain(uuid)
})

describe('the lines', () => {
  test('that are shown beforehand make the same machine, ask for the passwords, and show none', async () => {
    const wanted = await plan()
    const shown = await previewCommands(bench.deps, wanted)
    expect(shown.join('\n')).not.toContain('asdasd')
    execFileSync('bash', ['-e', '-c', shown.join('\n')], { input: 'asdasd\npassword\npassword\n', stdio: ['pipe', 'pipe', 'pipe'] })
    const byHand = [readSeed(join(images, seeds()[0] ?? ''), 'user-data'), virsh('dumpxml', '--inactive', wanted.name)]
    virsh('destroy', wanted.name)
    virsh('undefine', wanted.name)
    for (const name of readdirSync(images)) virsh('vol-delete', `--pool=default`, `--vol=${name}`)
    virsh('pool-destroy', 'default')
    virsh('pool-undefine', 'default')

    await create(bench, wanted)
    expect([readSeed(join(images, seeds()[0] ?? ''), 'user-data'), virsh('dumpxml', '--inactive', wanted.name)]).toEqual(byHand)
    expect(bench.commands.map(({ line }) => line)).toEqual(shown)
  })

  test('of the form ask for the password, and make its hash', async () => {
    const wanted = await plan({ firstStart: form })
    const shown = (await previewCommands(bench.deps, wanted)).join('\n')
    expect(shown).toContain('$(printf %s "$SECRET" | openssl passwd -6 -stdin)')
    expect(shown).not.toMatch(/\$6\$|se'cr|se'\\''cr/)
    const seen = watched()
    await create(bench, wanted, seen)
    expect([seen.log, bench.commands].map((kept) => /\$6\$|se'cr|se'\\''cr/.test(JSON.stringify(kept)))).toEqual([false, false])
    const [, hash = ''] = /hashed_passwd: "(.*)"/.exec(readSeed(join(images, seeds()[0] ?? ''), 'user-data')) ?? []
    expect(verify(form.password, hash)).toBe(true)
  })
})

test('a seed lies beside the disk where that is in no pool', async () => {
  mkdirSync(disks)
  const { uuid } = await create(bench, await plan({ target: { kind: 'folder', path: disks }, createDefaultPool: false }))
  const path = join(disks, `first-start-${uuid}.iso`)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(virsh('dumpxml', uuid)).toContain(path)
})

describe('a creation that fails leaves nothing', () => {
  async function fail(interference: Interference, change: Partial<MachinePlan> = {}, mend = (): void => undefined) {
    const wanted = await plan(change)
    const before = await everything()
    const seen = watched()
    const problem: unknown = await create(bench, wanted, seen, interference).then(() => null, (error: unknown) => error)
    mend()
    expect(kept()).toEqual([])
    return { problem, left: difference(before, await everything()), steps: seen.steps.map((step) => step.key.replace('creation:step.', '')).slice(-3) }
  }
  const at = (step: string, disturb: () => void): Interference => ({ at: (name) => (name === step ? disturb() : undefined) })

  test('where what it is told is wrong: before anything is made', async () => {
    const { problem, left, steps } = await fail({}, { firstStart: { ...documents, userData: '#cloud-config\nhello\na: 1\n' } })
    expect(problem).toMatchObject({ code: 'invalid-input', params: { finding: 'first-start-yaml-no-key', line: 2, document: 'user-data' } })
    expect([left, steps]).toEqual([[], []])
  })

  test.each(['seed', 'start'])('where it is cancelled as the step "%s" begins', async (step) => {
    const { problem, left, steps } = await fail({ at: (name, abort) => (name === step ? abort() : undefined) })
    expect(problem).toMatchObject({ code: 'cancelled' })
    expect(left).toEqual([])
    expect(steps.at(-2)).toBe(step)
  })

  test('where the seed is made: its pool is gone by now', async () => {
    const { problem, left, steps } = await fail(at('seed', () => virsh('pool-destroy', 'default')))
    expect(problem).toMatchObject({ code: 'pool-inactive' })
    expect(left).toEqual([])
    expect(steps).toContain('seed')
  })

  test('where the machine is defined: another has its name by now', async () => {
    const document = `${media}/other.xml`
    const { problem, left } = await fail(
      at('define', () => {
        writeFileSync(document, "<domain type='qemu'><name>small</name><memory>1024</memory><os><type>hvm</type></os></domain>")
        virsh('define', document)
      }),
      {},
      () => rmSync(document),
    )
    expect(problem).toMatchObject({ code: 'name-taken' })
    expect(left.filter((line) => !/small(\.xml)?( |$)/.test(line))).toEqual([])
  })

  test('where it starts: the disk is gone', async () => {
    const { problem, left, steps } = await fail(at('start', () => rmSync(`${images}/small.qcow2`)))
    expect(problem).toMatchObject({ name: 'AppError', remedies: [] })
    expect(left).toEqual([])
    expect(steps).toEqual(['define', 'start', 'undo'])
    expect(readFileSync(`${media}/small.qcow2`).length).toBeGreaterThan(0)
  })
})
