// libvirt's daemons on a machine where nothing else starts them (a container), and only as root: an ordinary user's
// session daemon is started by virsh itself.
import { SetupFailure } from './failure.mjs'
import { hasServiceManager, isRoot } from './machine.mjs'
import { runProgram } from './processes.mjs'
import { t } from './words.mjs'

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const answers = async () => {
  const virsh = ['virsh', '-q', '-c', 'qemu:///system', 'uri']
  return (await runProgram(virsh, { timeoutMs: 5000, env: { LC_ALL: 'C.UTF-8' } })).code === 0
}

/** Starts virtlogd and libvirtd where root has no service manager and libvirt does not answer. */
export async function ensureDaemons(progress) {
  if (!isRoot()) return t('setup:daemons.session')
  if (hasServiceManager()) return t('setup:daemons.managed')
  if (await answers()) return t('setup:daemons.running')
  progress(t('setup:daemons.starting'))
  // virtlogd may run already, from a libvirtd that is gone: only libvirtd's own outcome counts.
  await runProgram(['virtlogd', '-d'], { timeoutMs: 10_000 })
  const started = await runProgram(['libvirtd', '-d'], { timeoutMs: 10_000 })
  const limit = Date.now() + 20_000
  while (Date.now() < limit) {
    if (await answers()) return t('setup:daemons.started')
    await pause(200)
  }
  throw new SetupFailure({
    step: t('setup:step.daemons'),
    cause: t('setup:daemons.failed', { text: started.tail }),
    remedy: t('setup:daemons.remedy'),
    lines: ['libvirtd'],
  })
}
