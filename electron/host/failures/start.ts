/** What libvirt says where a machine does not start, with what the files and the other machines tell besides. */
import { AppError, type Remedy } from '../../../shared/model/error.ts'
import type { DomainDisk } from '../../../shared/model/domain.ts'
import { realPath } from '../../images/backing.ts'
import { machineFiles } from '../../images/usage.ts'
import type { Target } from '../../libvirt/target.ts'
import { virshReadOne } from '../../libvirt/virsh.ts'
import { imageInfo } from '../../system/qemu-img.ts'
import { whyClosed } from './closed-file.ts'
import { disksOf } from './disks.ts'

/** The error of a failed start, better told where more can be found out; anything else as it was. */
export async function startFailure(target: Target, uuid: string, problem: unknown): Promise<unknown> {
  if (!(problem instanceof AppError)) return problem
  try {
    return await explained(target, uuid, problem)
  } catch {
    return problem // the machine is gone meanwhile, or libvirt: its first words hold
  }
}

async function explained(target: Target, uuid: string, error: AppError): Promise<AppError> {
  const disks = (): Promise<readonly DomainDisk[]> => disksOf(target, uuid)
  switch (error.code) {
    case 'file-missing':
      return withEmptyDrive(error, target, uuid, await disks())
    case 'file-unreadable':
      return withEmptyDrive(await whyClosed(target, uuid, error, await disks()), target, uuid, await disks())
    case 'file-wrong-kind':
      return notAnImage(error, await disks())
    case 'locked':
      return whoLocks(target, uuid, error, await disks())
    case 'start-failed':
    case 'libvirt':
      return adding(error, { name: 'show-log', open: { what: 'machine-log', connection: target.connection, uuid } })
    default:
      return error
  }
}

const adding = (error: AppError, ...remedies: readonly Remedy[]): AppError =>
  new AppError(error.code, error.params, error.detail, [...error.remedies, ...remedies])

/** A CD that is gone or closed need not keep its machine from starting. */
function withEmptyDrive(error: AppError, target: Target, uuid: string, disks: readonly DomainDisk[]): AppError {
  const drive = disks.find((disk) => (disk.device === 'cdrom' || disk.device === 'floppy') && disk.path === error.params['path'])
  if (!drive) return error
  const input = { connection: target.connection, uuid, target: drive.target, path: null }
  return adding(error, { name: 'empty-drive', request: { name: 'domain.change-media', input } })
}

/** QEMU names the format alone: the file is the first whose header says something else, or the only one it can be. */
async function notAnImage(error: AppError, disks: readonly DomainDisk[]): Promise<AppError> {
  const format = String(error.params['format'] ?? '')
  const possible = disks.filter((disk) => disk.path !== null && (format === '' ? disk.path === error.params['path'] : disk.format === format))
  for (const { path, format: wanted } of possible) {
    if (path !== null && (possible.length === 1 || !(await isImage(path, wanted)))) {
      return new AppError('not-an-image', { ...error.params, path, format: wanted ?? 'raw' }, error.detail, error.remedies)
    }
  }
  return error
}

const isImage = (path: string, format: string | null): Promise<boolean> =>
  imageInfo(path).then(
    (info) => info.format === format,
    () => false,
  )

/** The running machine of the same connection that has the disk. */
async function whoLocks(target: Target, uuid: string, error: AppError, disks: readonly DomainDisk[]): Promise<AppError> {
  const named = error.params['path']
  const paths = typeof named === 'string' ? [named] : disks.flatMap((disk) => disk.path ?? [])
  const wanted = new Set(await Promise.all(paths.map(realPath)))
  const running = new Set((await virshReadOne(target, ['list', '--uuid'])).split(/\s+/))
  for (const machine of await machineFiles(target)) {
    if (machine.uuid === uuid || !running.has(machine.uuid)) continue
    for (const { path } of machine.files) {
      if (!wanted.has(await realPath(path))) continue
      const params = { ...error.params, path, machine: machine.title ?? machine.name }
      const open = { what: 'machine', connection: target.connection, uuid: machine.uuid } as const
      return new AppError('locked-by', params, error.detail, [...error.remedies, { name: 'show-machine', open }])
    }
  }
  return error
}
