/** Images that are looked for, fetched from a publisher of this script's own, and kept in the library. */
import { randomFillSync } from 'node:crypto'
import { paths } from '../../renderer/app/paths.ts'
import { dialogAddress, type Subject } from '../../renderer/app/registry.ts'
import { openPublisher, until, type Publisher } from '../../test/harness/index.ts'
import type { Shown } from './shown.ts'
import { button, css, field, type State, type Step } from './state.ts'
import { ended } from './work.ts'

const MIB = 1024 ** 2
const image = '/debian/debian-13-generic-amd64.qcow2'
let publisher: Publisher | null = null

const newMachine = (s: Subject): string => dialogAddress('new-machine', s)
const catalogue: Step = { click: button((words) => words.images.catalogue.open) }
const otherAddress: Step = { click: button((words) => words.images.catalogue.address) }
const someEntry: Step = { see: css('[role=dialog] [data-entry]') }
const addressField = field((words) => words.images.address.label)
const download: Step = { click: button((words) => words.images.address.do) }
/** The publisher's address is always the same, so that steps can name it. */
const port = 47_813
const addressOf = (path: string): string => `http://127.0.0.1:${String(port)}${path}`

/** A publisher that gives the image: slowly, or at once. */
async function publish(bytesPerSecond?: number): Promise<void> {
  publisher = await openPublisher(port)
  const content = randomFillSync(Buffer.alloc(24 * MIB))
  publisher.put(image, { content, ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }) })
}

async function forget({ host }: Shown): Promise<void> {
  for (const { id, state } of await host.call('job.list', {})) {
    if (state === 'running') await host.call('job.cancel', { job: id })
    await until('the end of the job', 20_000, async () =>
      (await host.call('job.list', {})).find((one) => one.id === id)?.state === 'running' ? undefined : true,
    )
    await host.call('job.dismiss', { job: id }).catch(() => undefined)
  }
  const { images } = await host.call('library.list', {})
  await host.call('library.remove', { paths: images.map(({ path }) => path) })
  await publisher?.close()
  publisher = null
}

async function fetchOne(shown: Shown): Promise<void> {
  await publish()
  const { job } = await shown.host.call('download.start', { entry: null, address: addressOf(image) })
  await ended(shown, job)
}

export const imageStates = {
  catalogue: { address: newMachine, steps: [catalogue, someEntry] },
  'catalogue-none': {
    address: newMachine,
    steps: [catalogue, someEntry, { fill: field((words) => words.images.catalogue.search), text: 'aula' }, { see: css('[role=dialog] [role=alert]') }],
    seldom: true,
  },
  downloading: {
    address: newMachine,
    before: () => publish(2 * MIB),
    after: forget,
    busy: true,
    steps: [
      catalogue,
      otherAddress,
      { fill: addressField, text: addressOf(image) },
      download,
      { see: css('[role=dialog] [role=progressbar][aria-valuenow]:not([aria-valuenow="0"])') },
    ],
    seldom: true,
  },
  'download-failed': {
    address: newMachine,
    before: () => publish(),
    after: forget,
    steps: [catalogue, otherAddress, { fill: addressField, text: addressOf('/debian/gone.qcow2') }, download, { see: css('[role=dialog] [role=alert]') }],
    seldom: true,
  },
  'library-filled': { address: () => paths.library(), before: fetchOne, after: forget, steps: [{ see: css('[data-image]') }], lasting: true, seldom: true },
  'library-remove': {
    address: () => paths.library(),
    before: fetchOne,
    after: forget,
    steps: [
      { see: css('[data-image]') },
      { click: button((words) => words.images.library.remove) },
      { see: css('[role=dialog]') },
    ],
    lasting: true,
    seldom: true,
  },
} as const satisfies Readonly<Record<string, State>>
