/**
 * A VNC connection that QEMU is given by libvirt, whatever its display listens on: one end of a socket pair goes to QEMU
 * through its monitor (virsh 8.2 and later, local connections). libvirt marks the machine "custom-monitor" for it.
 * https://libvirt.org/manpages/virsh.html#qemu-monitor-command
 */
import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { virshEnvironment, virshReadOne } from '../libvirt/virsh.ts'
import type { Target } from '../libvirt/target.ts'
import { errorFromOutput } from '../libvirt/errors.ts'
import { runWithSocket } from '../system/socket-process.ts'

/** Errors: those of virsh; "libvirt" with QEMU's own text where it refuses. */
export async function handedOver(target: Target, uuid: string): Promise<Socket> {
  const fdname = `vivero-${randomBytes(6).toString('hex')}`
  const domain = `--domain=${uuid}`
  const given = await runWithSocket(
    'virsh',
    ['-q', '-c', target.uri, 'qemu-monitor-command', domain, '--pass-fds', '3', command('getfd', { fdname })],
    { env: virshEnvironment },
  )
  try {
    if (given.exitCode !== 0) throw errorFromOutput(given.stderr, target.uri)
    refuseError(given.stdout, target.uri)
    const add = command('add_client', { protocol: 'vnc', fdname, skipauth: true })
    refuseError(await virshReadOne(target, ['qemu-monitor-command', domain, add]), target.uri)
    return given.socket
  } catch (error) {
    given.socket.destroy()
    throw error
  }
}

const command = (execute: string, values: Readonly<Record<string, string | boolean>>): string =>
  JSON.stringify({ execute, arguments: values })

/** virsh succeeds where QEMU answers with an error. */
function refuseError(answer: string, uri: string): void {
  if (/"error"\s*:/.test(answer)) throw errorFromOutput(answer, uri)
}
