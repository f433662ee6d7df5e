import { expect, it, vi } from 'vitest'
import { connectFailure } from '../../../../electron/host/failures/connect.ts'
import { AppError } from '../../../../shared/model/error.ts'

const line = 'sudo apt-get install libvirt'
const installed = vi.hoisted(() => ({ daemon: true }))
vi.mock('../../../../electron/readiness/index.ts', () => ({
  isInstalled: () => Promise.resolve(installed.daemon),
  installLine: () => Promise.resolve(line),
}))

const remedies = [{ name: 'install', command: line }]

it('without virsh carries the line that installs it', async () => {
  expect(await connectFailure('qemu+ssh://host/system', new AppError('virsh-missing', {}, 'x'))).toMatchObject({ code: 'virsh-missing', detail: 'x', remedies })
})

it('without a daemon here says that libvirt is not installed, and elsewhere what it was', async () => {
  const down = new AppError('daemon-down', { uri: 'qemu:///system' })
  installed.daemon = false
  for (const uri of ['qemu:///session', 'qemu:///system']) expect(await connectFailure(uri, down)).toMatchObject({ code: 'libvirt-missing', remedies })
  expect(await connectFailure('qemu+ssh://host/system', down)).toBe(down)
  const denied = new AppError('auth-denied')
  expect(await connectFailure('qemu:///system', denied)).toBe(denied)
  installed.daemon = true
  expect(await connectFailure('qemu:///system', down)).toBe(down)
})
