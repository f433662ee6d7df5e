/** Real work in alumna's session for a picture of it: a copy that stands still in the middle, and one that finds no room. */
import { execFileSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { asUser, until } from '../../test/harness/index.ts'
import type { Shown } from './shown.ts'

const MIB = 1024 ** 2
/** Large enough for qemu-img to be met at work. */
const IMAGE_MIB = 384
/** Where the copy is stopped. */
const SHARE = 0.4

const image = '/home/alumna/Downloads/servidor-web.img'

/** An image without a system in it that any picture knows, and in which qemu-img can leave nothing out. */
export function downloadImage(): void {
  const noise = randomFillSync(Buffer.alloc(MIB))
  mkdirSync(dirname(image), { recursive: true })
  writeFileSync(image, Buffer.concat(Array.from({ length: IMAGE_MIB }, () => noise)))
  const { uid } = asUser('alumna')
  for (const path of [dirname(image), image]) chownSync(path, uid, uid)
}

/** Leaves room for a small part of the image in the homes of the lab, which are a file system of their own. */
export function leaveLittleRoom(): void {
  const { blocks, bfree, bsize } = statfsSync(dirname(image))
  resizeHomes(String((blocks - bfree) * bsize + 64 * MIB))
}

/** As much as before: half of the computer's memory. */
export const giveRoom = (): void => resizeHomes('50%')

const resizeHomes = (size: string): void => void execFileSync('mount', ['-o', `remount,size=${size}`, '/home'])

/** Begins a creation that copies the image, as the review page does. */
export async function beginCopy({ host, subject }: Shown): Promise<string> {
  const { plan } = await host.call('creation.propose', { connection: subject.connection, path: image })
  const { job } = await host.call('creation.start', { ...plan, imageUse: 'copy', diskBytes: IMAGE_MIB * MIB })
  return job
}

/** Waits until a job has ended, however. */
export async function ended({ host }: Shown, id: string): Promise<void> {
  await until('the end of a job', 60_000, async () => {
    const job = (await host.call('job.list', {})).find((one) => one.id === id)
    return job?.state === 'running' ? undefined : true
  })
}

/** Stops the copy of the image once it is that far: it is seen by its own figures, as on a slow disk. */
export const holdCopy = (): Promise<void> => hold('qemu-img\0convert')

/** The same with what sends the image to libvirt. */
export const holdUpload = (): Promise<void> => hold('vol-upload')

async function hold(words: string): Promise<void> {
  const pid = await processWith(words)
  const read = (): number => Number(/rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1])
  for (;;) {
    process.kill(pid, 'SIGSTOP')
    if (read() >= SHARE * IMAGE_MIB * MIB) return
    process.kill(pid, 'SIGCONT')
    await pause(5)
  }
}

/** What copies the image as soon as it works: the harness asks too seldom for that. */
async function processWith(words: string): Promise<number> {
  const end = Date.now() + 20_000
  while (Date.now() < end) {
    const pid = processesWith(words)[0]
    if (pid !== undefined) return pid
    await pause(2)
  }
  throw new Error('no copy has begun')
}

/** Programs started by the app, not by this script: `setpriv` and the like begin their own line with another word. */
const processesWith = (words: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && /^(qemu-img|virsh)\0/.test(argumentsOf(name)) && argumentsOf(name).includes(words))
    .map(Number)

const copies = (): number[] => [...processesWith('qemu-img\0convert'), ...processesWith('vol-upload')]

function argumentsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // it has ended
  }
}

/** Everything as before: no job, no image, room enough. */
export async function endWork(shown: Shown): Promise<void> {
  const { host } = shown
  giveRoom()
  const jobs = await host.call('job.list', {})
  for (const { id, state } of jobs) if (state === 'running') await host.call('job.cancel', { job: id })
  for (const pid of copies()) process.kill(pid, 'SIGCONT')
  for (const { id } of jobs) {
    await ended(shown, id)
    await host.call('job.dismiss', { job: id })
  }
  rmSync(image, { force: true })
}
