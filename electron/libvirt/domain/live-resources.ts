/** Memory and processors of a running machine. https://libvirt.org/manpages/virsh.html#setmem */
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '../../../shared/model/error.ts'
import type { Target } from '../target.ts'
import { virshReadOne, virshWrite } from '../virsh.ts'
import { parseXml } from '../xml/document.ts'
import { readConfig } from './read.ts'

/** The guest's balloon is waited for so long. */
const BALLOON_MS = 3_000
const LOOK_MS = 200

/** In KiB. Errors: memory-kept where the guest does not follow. */
export async function setLiveMemory(target: Target, uuid: string, kib: number): Promise<void> {
  await virshWrite(target, ['setmem', `--domain=${uuid}`, `--size=${kib}KiB`, '--live'])
  const asked = Date.now()
  while (readConfig(parseXml(await virshReadOne(target, ['dumpxml', `--domain=${uuid}`]))).memoryKiB !== kib) {
    if (Date.now() - asked >= BALLOON_MS) throw new AppError('memory-kept')
    await pause(LOOK_MS)
  }
}

/** Up to the maximum; none is taken out. */
export async function setLiveCpus(target: Target, uuid: string, count: number): Promise<void> {
  await virshWrite(target, ['setvcpus', `--domain=${uuid}`, `--count=${count}`, '--live'])
}
