/** The person's own viewer, for displays that this app does not show: SPICE above all. https://gitlab.com/virt-viewer/virt-viewer */
import { AppError } from '../../shared/model/error.ts'
import type { ViewerOffer } from '../../shared/model/viewer.ts'
import { shellLine } from '../../shared/lib/shell.ts'
import { isCode } from '../libvirt/errors.ts'
import type { Target } from '../libvirt/target.ts'
import { virshReadOne } from '../libvirt/virsh.ts'
import { launch } from '../system/launch.ts'
import { isProgram, pathFolders } from '../system/programs.ts'
import { isLocal } from './local.ts'

/** Where most distributions have both viewers. */
const PACKAGE = 'virt-viewer'

interface Viewer {
  readonly program: 'virt-viewer' | 'remote-viewer'
  readonly args: readonly string[]
}

/** Which installed program can open the display of a running machine, and the line that does. Errors: not-found, not-active. */
export async function viewerOffer(target: Target, uuid: string): Promise<ViewerOffer> {
  const viewer = await installedViewer(target, uuid)
  const { program, args } = viewer ?? virtViewer(target, uuid)
  return { program: viewer?.program ?? null, command: shellLine([program, ...args]), package: PACKAGE }
}

/** Opens it. Errors: those of viewerOffer; program-missing; viewer-failed (params.program), with the program's own words. */
export async function openViewer(target: Target, uuid: string): Promise<void> {
  const viewer = await installedViewer(target, uuid)
  if (!viewer) throw new AppError('program-missing', { program: PACKAGE })
  const ended = await launch(viewer.program, viewer.args)
  if (ended && ended.exitCode !== 0) throw new AppError('viewer-failed', { program: viewer.program }, ended.stderr || null)
}

async function installedViewer(target: Target, uuid: string): Promise<Viewer | null> {
  const id = await virshReadOne(target, ['domid', `--domain=${uuid}`])
  if (id.trim() === '-') throw new AppError('not-active', { uuid })
  const folders = pathFolders()
  if (await isProgram('virt-viewer', folders)) return virtViewer(target, uuid)
  return (await isProgram('remote-viewer', folders)) ? remoteViewer(target, uuid) : null
}

/** libvirt hands a local display over (--attach), wherever it listens and without its password. */
const virtViewer = ({ uri }: Target, uuid: string): Viewer => ({
  program: 'virt-viewer',
  args: ['-c', uri, ...(isLocal(uri) ? ['--attach'] : []), '--uuid', '--', uuid],
})

/** It knows addresses alone: a display that listens nowhere is none to it. */
async function remoteViewer(target: Target, uuid: string): Promise<Viewer | null> {
  const domain = `--domain=${uuid}`
  const address = await virshReadOne(target, ['domdisplay', domain, '--type=spice'])
    .catch(() => virshReadOne(target, ['domdisplay', domain]))
    .catch((error: unknown) => {
      if (isCode(error, 'no-display', 'libvirt')) return ''
      throw error
    })
  return address.trim() === '' ? null : { program: 'remote-viewer', args: ['--', address.trim()] }
}
