/** What a machine is told at its first start, on the system connection: the seed is a volume of the chosen pool. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { removeSeed } from '../../../electron/images/first-start/remove-seed.ts'
import { readRecord, seedFolder } from '../../../electron/images/first-start/records.ts'
import { previewCommands } from '../../../electron/create/run.ts'
import type { FirstStart, FirstStartForm } from '../../../shared/model/first-start.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { difference } from '../../harness/index.ts'
import { clear, create, disks, everything, image, images, media, openBench, propose, virsh, watched, type Bench, type Interference } from './support.ts'

let bench: Bench
beforeEach(async () => {
  clear()
  bench = await openBench()
})
afterAll(clear)

const documents: FirstStart = { kind: 'documents', userData: '#cloud-config\npassword: asdasd\nchpasswd: {expire: False}\n', metaData: 'instance-id: one\n', networkConfig: '' }
const form: FirstStartForm = { kind: 'form', hostName: '', user: 'ana', password: 'se\'cr"et $1', confirmation: 'se\'cr"et $1', sshKeys: [], locale: '', keyboard: '', packages: '', update: false }

const plan = async (change: Partial<MachinePlan> = {}): Promise<MachinePlan> => {
  const { plan: proposed } = await propose(bench, image(`${media}/small.qcow2`), { firstStart: documents, ...change })
  return proposed
}

const seeds = (): string[] => readdirSync(images).filter((name) => name.startsWith('first-start-'))
const kept = (): string[] => (existsSync(seedFolder()) ? readdirSync(seedFolder()) : [])
const readSeed = (iso: string, name: string): string => execFileSync('xorriso', ['-osirrox', 'on', '-indev', iso, '-concat', 'overwrite', '-', `/${name}`, '--'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

test('a seed for the first start alone, in the pool, which nobody else reads; the stored machine never has it', async () => {
  const { uuid } = await create(bench, await plan())
  const [seed = ''] = seeds()
  expect(seed).toBe(`first-start-${uuid}.iso`)
  const path = join(images, seed)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(execFileSync('blkid', ['-p', '-s', 'LABEL', '-o', 'value', path], { encoding: 'utf8' }).trim()).toBe('cidata')
  expect(readSeed(path, 'user-data')).toBe('#cloud-config\npassword: asdasd\nchpasswd: {expire: False}\n')
  expect(readSeed(path, 'meta-data')).toBe('instance-id: one\n')
  const live = virsh('dumpxml', uuid)
  expect(live).toContain(path)
  expect(live).toMatch(/<entry name='serial'>ds=nocloud<\/entry>/)
  const stored = virsh('dumpxml', '--inactive', uuid)
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
