/** Pictures of a machine's screen, and keys for it. */
import { readFile, rm } from 'node:fs/promises'
import { AppError } from '../../../shared/model/error.ts'
import { isCode } from '../errors.ts'
import type { Target } from '../target.ts'
import { temporaryPath, virshReadOne, virshWrite } from '../virsh.ts'
import { pngFromPpm } from './ppm.ts'

/** The screen of a running machine as PNG. Errors: not-active, no-display. */
export async function domainScreenshot(target: Target, uuid: string): Promise<Uint8Array> {
  const path = await temporaryPath('.png')
  try {
    await virshReadOne(target, ['screenshot', `--domain=${uuid}`, `--file=${path}`])
    const picture = await readFile(path)
    return picture.subarray(0, 2).toString('latin1') === 'P6' ? pngFromPpm(picture) : picture
  } catch (error) {
    if (isCode(error, 'unsupported')) throw new AppError('no-display', {}, error.detail)
    throw error
  } finally {
    await rm(path, { force: true })
  }
}

/** Presses keys together, by the names of Linux' input events (`KEY_LEFTCTRL`…). Not noted: it changes nothing that is kept. */
export async function domainSendKeys(target: Target, uuid: string, keys: readonly string[]): Promise<void> {
  await virshWrite({ ...target, log: undefined }, ['send-key', `--domain=${uuid}`, '--codeset=linux', ...keys])
}
