/** Saving a running machine's memory to disk. */
import { AppError } from '../../../shared/model/error.ts'
import { isCode } from '../errors.ts'
import type { Target } from '../target.ts'
import { virshWrite } from '../virsh.ts'

export interface SaveOptions {
  readonly signal?: AbortSignal
  /** 0 to 100, libvirt's own figure. */
  readonly onProgress?: (percent: number) => void
}

/**
 * Managed save: the next start goes on from it. Cancelling asks libvirt to stop, since a killed virsh would let the save
 * go on; the machine then runs as before. Errors: cancelled, not-active, disk-full.
 */
export async function domainSave(target: Target, uuid: string, options: SaveOptions = {}): Promise<void> {
  const { signal, onProgress } = options
  if (signal?.aborted) throw new AppError('cancelled')
  const abort = (): void => void abortJob(target, uuid)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await virshWrite(target, ['managedsave', `--domain=${uuid}`, '--verbose'], {
      timeoutMs: 0,
      onStderr: (text) => {
        const percent = readPercent(text)
        if (percent !== null) onProgress?.(percent)
      },
    })
  } catch (error) {
    if (signal?.aborted && !isCode(error, 'connection-gone')) throw new AppError('cancelled', {}, error instanceof AppError ? error.detail : null)
    throw error
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

/** The last figure of what virsh prints as `\rManagedsave: [ 45 %]`, or null. */
export function readPercent(text: string): number | null {
  const found = [...text.matchAll(/\[\s*(\d+(?:\.\d+)?)\s*%\]/g)].at(-1)?.[1]
  return found === undefined ? null : Math.min(100, Number(found))
}

/** The job may have ended just now: then there is nothing to abort. */
async function abortJob(target: Target, uuid: string): Promise<void> {
  try {
    await virshWrite(target, ['domjobabort', `--domain=${uuid}`])
  } catch {
    // the save's own end says how it went
  }
}
