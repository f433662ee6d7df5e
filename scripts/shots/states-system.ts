/** A new machine on QEMU/KVM from a file that QEMU may not read, and machines whose only display is SPICE. */
import { chmodSync } from 'node:fs'
import { dialogAddress, type Subject } from '../../renderer/app/registry.ts'
import { withDocument } from '../../test/e2e/support/documents.ts'
import { asUser } from '../../test/harness/index.ts'
import { forgetMachines, listed, machineAt, scene, session } from './scenes.ts'
import type { Shown } from './shown.ts'
import { button, css, type State, type Step, type Target } from './state.ts'
import { downloadImage, endWork, holdUpload } from './work.ts'

const alumna = asUser('alumna')

const onSystem = (s: Subject): string => dialogAddress('new-machine', { ...s, connection: s.networks })
const source: Target = css('[data-path$="/servidor-web.img"]')
const create: Target = button((words) => words['new-machine'].create)
const imageUse: Step = { see: css('[role=dialog] input[value=copy]:checked + label') }

function closeHome(): void {
  downloadImage()
  chmodSync(alumna.home, 0o700)
}

async function openHome(shown: Shown): Promise<void> {
  chmodSync(alumna.home, 0o755)
  await endWork(shown)
}

/** A machine with SPICE alone, exactly as virt-manager's own virt-install makes it. */
async function defineSpice(shown: Shown, running: boolean): Promise<void> {
  const words = ['--name', 'debian12', '--memory', '64', '--vcpus', '1', '--virt-type', 'qemu', '--osinfo', 'debian11', '--disk', 'none', '--import']
  const made = await alumna.exec(['virt-install', '--connect', session, ...words, '--graphics', 'spice', '--noautoconsole', '--print-xml', '1'])
  if (made.code !== 0) throw new Error(made.stderr)
  await withDocument(alumna, ['-c', session, 'define'], made.stdout)
  const uuid = (await alumna.virsh(['-c', session, 'domuuid', '--domain=debian12'])).trim()
  if (running) await alumna.virsh(['-c', session, 'start', '--domain=debian12'])
  await listed(shown, shown.subject.connection, uuid)
  machineAt(shown, uuid, 'console')
}

const addVnc: Target = button((words) => words.console.vnc.add)
const forgetSpice = (): Promise<void> => forgetMachines(alumna, session, 'debian12')

export const systemStates = {
  'system-copy': {
    address: onSystem,
    before: closeHome,
    after: openHome,
    steps: [{ click: source }, { see: create }, imageUse],
    seldom: true,
  },
  'system-in-place': {
    address: onSystem,
    before: closeHome,
    after: openHome,
    steps: [
      { click: source },
      { see: create },
      imageUse,
      { click: css('[role=dialog] input[value=in-place] + label') },
      { see: css('[role=dialog] [data-level=error]') },
    ],
    seldom: true,
  },
  'system-uploading': {
    address: onSystem,
    busy: true,
    before: closeHome,
    after: openHome,
    steps: [
      { click: source },
      { see: create },
      { click: create },
      { work: holdUpload },
      { see: css('[role=dialog] [role=progressbar][aria-valuenow]:not([aria-valuenow="0"])') },
    ],
    seldom: true,
  },
  'spice-running': {
    address: scene,
    before: (shown) => defineSpice(shown, true),
    after: forgetSpice,
    steps: [{ see: addVnc }],
    seldom: true,
  },
  'spice-vnc-added': {
    address: scene,
    before: (shown) => defineSpice(shown, true),
    after: forgetSpice,
    steps: [{ click: addVnc }, { see: button((words) => words.console.vnc.undo) }],
    seldom: true,
  },
  'spice-off': { address: scene, before: (shown) => defineSpice(shown, false), after: forgetSpice, steps: [{ see: addVnc }], seldom: true },
} as const satisfies Readonly<Record<string, State>>
