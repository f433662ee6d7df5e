/** Why a connection does not open: libvirt, or the program that speaks to it, may not be installed here. */
import { AppError, type Remedy } from '../../../shared/model/error.ts'
import { installLine, isInstalled } from '../../readiness/index.ts'
import { isCode } from '../../libvirt/errors.ts'
import { connectionKind } from '../../libvirt/uri.ts'

/** The error of a failed opening, better told where a program is missing; anything else as it was. */
export async function connectFailure(uri: string, problem: unknown): Promise<unknown> {
  if (isCode(problem, 'virsh-missing')) return withInstall(problem, 'virsh-missing', 'libvirt-clients')
  if (!isCode(problem, 'daemon-down', 'connect-failed', 'libvirt') || !usesThisComputer(uri) || (await isInstalled('libvirt-daemon'))) return problem
  return withInstall(problem, 'libvirt-missing', 'libvirt-daemon')
}

const usesThisComputer = (uri: string): boolean => ['session', 'system'].includes(connectionKind(uri))

async function withInstall(error: AppError, code: AppError['code'], id: string): Promise<AppError> {
  const command = await installLine(id)
  const remedies: readonly Remedy[] = command === null ? [] : [{ name: 'install', command }]
  return new AppError(code, error.params, error.detail, remedies)
}
