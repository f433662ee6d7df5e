/** What QEMU said about a machine, which libvirt keeps in a file a machine. https://libvirt.org/drvqemu.html */
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/model/error.ts'
import type { MachineLog } from '../../../shared/model/log.ts'
import { sessionCacheFolder } from '../../system/paths.ts'
import { quoteForShell } from '../quoting.ts'
import type { Target } from '../target.ts'
import { connectionKind } from '../uri.ts'
import { virshReadOne } from '../virsh.ts'

/** Lines that are shown first, and the bytes in which they are looked for. */
const LAST_LINES = 25
const LAST_BYTES = 64 * 1024
/** A page shows no more of a file than this, its end. */
const MOST_BYTES = 1024 * 1024

/**
 * The last lines of a machine's log, or all of it. Errors: not-found (the machine), log-missing (it was never started
 * here), log-closed (libvirt's own on the system connection; with the command that shows it), unsupported (another host's).
 */
export async function domainLog(target: Target, uuid: string, whole: boolean): Promise<MachineLog> {
  const name = (await virshReadOne(target, ['domname', `--domain=${uuid}`])).replace(/\n+$/, '')
  const path = logPath(target, name)
  const file = await open(path, 'r').catch((error: unknown) => {
    throw closed(error, path)
  })
  try {
    return await readEnd(file, path, whole)
  } finally {
    await file.close()
  }
}

/** As root, the session is served by the system's libvirt. */
function logPath({ uri }: Target, name: string): string {
  const kind = connectionKind(uri)
  const file = `${name}.log`
  if (kind === 'session' && process.getuid?.() !== 0) return join(sessionCacheFolder(), 'qemu', 'log', file)
  if (kind === 'session' || kind === 'system') return join('/var/log/libvirt/qemu', file)
  throw new AppError('unsupported', { uri })
}

function closed(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ENOENT') return new AppError('log-missing', { path })
  if (code !== 'EACCES' && code !== 'EPERM') return error
  const command = `sudo tail -n ${LAST_LINES} -- ${quoteForShell(path)}`
  return new AppError('log-closed', { path }, null, [{ name: 'read-log', command }])
}

async function readEnd(file: FileHandle, path: string, whole: boolean): Promise<MachineLog> {
  const { size } = await file.stat()
  const length = Math.min(size, whole ? MOST_BYTES : LAST_BYTES)
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, size - length)
  const text = new TextDecoder().decode(bytes.subarray(0, bytesRead))
  const lines = text.split('\n')
  if (length < size) lines.shift() // it begins in the middle of a line
  const shown = whole ? lines : lines.slice(-LAST_LINES - 1)
  return { path, text: shown.join('\n'), sizeBytes: size, complete: length === size && shown.length === lines.length }
}
