/** Saving a running machine's memory to disk. */
import { AppError } from '../../../shared/model/error.ts'
import { isCode } from '../errors.ts'
import type { Target } from '../target.ts'
import { virshReadOne, virshWrite } from '../virsh.ts'

/** How often it is asked whether the machine is saved already, while virsh still waits. */
const lookEveryMs = 2_000

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
  const watch = watchSaved(target, uuid)
  try {
    await virshWrite(target, ['managedsave', `--domain=${uuid}`, '--verbose'], {
      timeoutMs: 0,
      signal: watch.saved,
      onStderr: (text) => {
        const percent = readPercent(text)
        if (percent !== null) onProgress?.(percent)
      },
    })
  } catch (error) {
    if (watch.saved.aborted) return
    if (signal?.aborted && !isCode(error, 'connection-gone')) throw new AppError('cancelled', {}, error instanceof AppError ? error.detail : null)
    throw error
  } finally {
    watch.stop()
    signal?.removeEventListener('abort', abort)
  }
}

/**
 * virsh 9.0 can wait for ever for a save that ended at once (its main loop is told to quit before it runs). `saved`
 * fires when libvirt lists the machine among those with a managed save on two looks in a row while virsh still waits.
 */
function watchSaved(target: Target, uuid: string): { readonly saved: AbortSignal; stop(): void } {
  const done = new AbortController()
  let before = false
  const look = async (): Promise<void> => {
    const saved = await virshReadOne(target, ['list', '--all', '--with-managed-save', '--uuid']).catch(() => null)
    const now = saved?.includes(uuid) ?? false
    if (now && before) done.abort()
    before = now
  }
  const timer = setInterval(() => void look(), lookEveryMs)
  return { saved: done.signal, stop: () => clearInterval(timer) }
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
