import { paths } from '../../renderer/app/paths.ts'
import { dialogAddress, type Subject } from '../../renderer/app/registry.ts'
import type { Shown } from './shown.ts'
import { button, css, entry, field, type State, type Step, type Target } from './state.ts'
import { cardStates } from './states-cards.ts'
import { connectionStates } from './states-connections.ts'
import { detailsStates } from './states-details.ts'
import { firstStartStates } from './states-first-start.ts'
import { imageStates } from './states-images.ts'
import { networkStates } from './states-networks.ts'
import { newNetworkStates } from './states-new-network.ts'
import { systemStates } from './states-system.ts'
import { troubleStates } from './states-troubles.ts'
import { xmlStates } from './states-xml.ts'
import { beginCopy, downloadImage, ended, endWork, giveRoom, holdCopy, leaveLittleRoom } from './work.ts'

const machines = (s: Subject): string => paths.machines(s.connection)
const console = (s: Subject): string => paths.machine(s.connection, s.machine, 'console')
const newMachine = (s: Subject): string => dialogAddress('new-machine', s)
const create = button((words) => words['new-machine'].create)
const commands = button((words) => words['new-machine'].review.commands)
const connected: Step = { see: css('[data-testid=display][data-phase=connected]') }
const table: Step = { click: css('header input[value=table] + label') }
const sendKeys: Step = { click: button((words) => words.console.sendKeys) }

const source: Target = css('[data-path$="/servidor-web.img"]')

/** One creation has failed for want of room, and another one is in the middle of its copy. */
async function failAndWork(shown: Shown): Promise<void> {
  downloadImage()
  leaveLittleRoom()
  await ended(shown, await beginCopy(shown))
  giveRoom()
  await beginCopy(shown)
  await holdCopy()
}

/** What has no address: reached by clicks from a page or dialog that has one. */
export const states = {
  'new-machine-review': {
    address: newMachine,
    steps: [{ click: css('[data-path$=".iso"]') }, { see: create }],
  },
  'new-machine-system': {
    seldom: true,
    address: newMachine,
    steps: [
      { click: css('[data-path$=".iso"]') },
      { see: create },
      { click: css('[role=dialog] button[aria-haspopup=listbox]') },
      { see: css('.mantine-Combobox-dropdown [role=option]') },
    ],
  },
  'new-machine-network': {
    address: newMachine,
    steps: [
      { click: css('[data-path$=".iso"]') },
      { see: create },
      { choose: (words) => words['new-machine'].review.network },
      { see: css('[role=option][data-combobox-disabled]') },
    ],
    seldom: true,
  },
  'new-machine-commands': {
    seldom: true,
    address: newMachine,
    steps: [{ click: css('[data-path$="/ubuntu20.10-2.qcow2"]') }, { see: create }, { click: commands }, { see: css('[role=dialog] pre') }],
  },
  'new-machine-findings': {
    address: newMachine,
    before: () => {
      downloadImage()
      leaveLittleRoom()
    },
    after: endWork,
    steps: [
      { click: source },
      { see: create },
      { fill: field((words) => words['new-machine'].review.titleField), text: 'CirrOS' },
      { fill: field((words) => words['new-machine'].review.name), text: 'taller' },
      { see: css('[role=dialog] [data-level=error]') },
    ],
  },
  creating: {
    address: newMachine,
    busy: true,
    before: downloadImage,
    after: endWork,
    steps: [
      { click: source },
      { see: create },
      { click: create },
      { work: holdCopy },
      { see: css('[role=dialog] [role=progressbar][aria-valuenow]:not([aria-valuenow="0"])') },
    ],
  },
  'creation-failed': {
    address: newMachine,
    before: () => {
      downloadImage()
      leaveLittleRoom()
    },
    after: endWork,
    steps: [{ click: source }, { see: create }, { click: create }, { see: css('[role=dialog] [role=alert]') }],
  },
  'jobs-working': {
    address: machines,
    before: failAndWork,
    after: endWork,
    steps: [{ click: css('header button[aria-expanded]:has-text("1")') }, { see: css('[data-job][data-state=running]') }],
  },
  'closing-working': {
    address: machines,
    before: failAndWork,
    after: endWork,
    steps: [{ goTo: (s) => dialogAddress('closing', s) }, { see: button((words) => words.app.closing.stop) }],
  },
  'file-browser': {
    address: newMachine,
    steps: [{ click: button((words) => words['new-machine'].source.another) }, { see: css('[role=option]') }],
  },
  'machine-menu': {
    address: machines,
    steps: [{ rightClick: { css: (s) => `article[data-uuid="${s.machine}"]` } }, { see: entry((words) => words.machines.action.delete) }],
  },
  'confirm-force-off': {
    address: machines,
    steps: [
      { rightClick: { css: (s) => `article[data-uuid="${s.machine}"]` } },
      { click: entry((words) => words.machines.action.destroy) },
      { see: css('[role=dialog]') },
    ],
  },
  'machines-table': { address: machines, steps: [table, { see: css('table') }], lasting: true },
  'all-machines-table': { address: () => paths.allMachines(), steps: [table, { see: css('table') }], lasting: true },
  'nothing-found': {
    address: machines,
    steps: [{ fill: css('#search'), text: 'windows' }],
    lasting: true,
  },
  'app-menu': {
    seldom: true,
    address: () => paths.allMachines(),
    steps: [
      { click: button((words) => words.app.menuButton) },
      { hover: entry((words) => words.app.menu.file) },
      { see: entry((words) => words.app.action['add-connection']) },
    ],
  },
  'connection-menu': {
    address: () => paths.allMachines(),
    steps: [{ rightClick: { css: (s) => `section[data-connection="${s.removable}"] button` } }, { see: entry((words) => words.app.action.disconnect) }],
  },
  'connection-closed': { seldom: true, address: (s) => paths.machines(s.networks), steps: [], fresh: true },
  'all-machines-fresh': { seldom: true, address: () => paths.allMachines(), steps: [], fresh: true },
  'place-explained': {
    seldom: true,
    address: newMachine,
    steps: [{ click: button((words) => words.connections.kinds.title) }, { see: css('[role=dialog] section h3') }],
  },
  'place-of-system': { seldom: true, address: (s) => dialogAddress('new-machine', { ...s, connection: s.networks }), steps: [{ see: css('[role=dialog] [data-path]') }] },
  'session-details': { address: (s) => dialogAddress('connection-details', { ...s, networks: s.connection }), steps: [] },
  commands: {
    address: machines,
    steps: [{ click: css('section > button[aria-expanded]:has(code)') }, { see: css('section pre') }],
    lasting: true,
  },
  'add-connection-wrong': {
    seldom: true,
    address: (s) => dialogAddress('add-connection', s),
    steps: [{ fill: css('[role=dialog] input[placeholder]'), text: 'qemu//system' }, { see: css('[role=dialog] [role=alert], [role=dialog] .mantine-InputWrapper-error') }],
  },
  'console-off': { address: (s) => paths.machine(s.connection, s.idleMachine, 'console'), steps: [] },
  'remove-card': {
    seldom: true,
    address: (s) => paths.machine(s.connection, s.machine, 'details'),
    steps: [{ click: css('li[data-mac] button:has-text("…")') }, { see: css('[role=dialog]') }],
  },
  'machine-gone': { seldom: true, address: (s) => paths.machine(s.connection, '00000000-0000-4000-8000-000000000000', 'details'), steps: [] },
  'machine-details-end': {
    address: (s) => paths.machine(s.connection, s.machine, 'details'),
    steps: [{ see: css('main section:nth-of-type(5)') }],
  },
  serial: {
    address: console,
    steps: [{ click: css('input[value=serial] + label') }, { see: css('[data-testid=serial][data-phase=connected]') }],
    lasting: true,
  },
  'send-keys': { seldom: true, address: console, steps: [connected, sendKeys, { see: entry((words) => words.console.typeText) }] },
  'type-text': {
    seldom: true,
    address: console,
    steps: [connected, sendKeys, { click: entry((words) => words.console.typeText) }, { fill: css('[role=dialog] textarea'), text: 'echo "¡Hola!" | tee año.txt ✓' }],
  },
  'session-networks': { seldom: true, address: (s) => paths.networks(s.connection), steps: [] },
  'first-start': { address: machines, steps: [], fresh: true },
  'no-images': { seldom: true, address: newMachine, steps: [{ see: button((words) => words['new-machine'].source.again) }], fresh: true },
  'no-pools': { address: (s) => paths.storage(s.connection), steps: [], fresh: true },
  'no-connection': {
    address: () => paths.allMachines(),
    before: ({ host, subject }) => host.call('connection.disconnect', { connection: subject.connection }).then(() => undefined),
    after: ({ host, subject }) => host.call('connection.connect', { connection: subject.connection }).then(() => undefined),
    steps: [{ see: button((words) => words.machines.connection.connect) }],
    fresh: true,
  },
  'failed-connection': { address: (s) => paths.machines(s.removable), steps: [{ see: css('main [role=alert]') }], fresh: true },
  'sidebar-folded': {
    address: machines,
    steps: [{ click: button((words) => words.app.hideSidebar) }, { see: button((words) => words.app.showSidebar) }],
    after: ({ page }) => page.keyboard.press('F9'),
    seldom: true,
  },
  'edit-title': {
    seldom: true,
    address: (s) => paths.machine(s.connection, s.machine, 'details'),
    steps: [{ click: css('main dl dd button') }, { see: css('main dl input') }],
    lasting: true,
  },
  'leaving-note': {
    seldom: true,
    address: machines,
    before: ({ host }) => host.call('settings.update', { closingNoticeShown: false }).then(() => undefined),
    after: ({ host }) => host.call('settings.update', { closingNoticeShown: true }).then(() => undefined),
    steps: [{ see: css('aside [role=note]') }],
  },
  'no-network-found': { address: (s) => paths.networks(s.networks), steps: [{ fill: css('#search'), text: 'aula' }], seldom: true, lasting: true },
  'new-pool-findings': {
    seldom: true,
    address: (s) => dialogAddress('new-pool', s),
    steps: [
      { fill: field((words) => words.storage.new.name), text: 'a/b' },
      { fill: field((words) => words.storage.new.path), text: '~/Descargas/isos' },
      { click: button((words) => words.storage.new.otherTypes) },
      { see: css('[role=dialog] [data-level=note]') },
    ],
  },
  'add-volume-findings': {
    seldom: true,
    address: (s) => dialogAddress('add-volume', s),
    steps: [
      { fill: field((words) => words.storage.add.source), text: '~/Downloads/vivero-live.iso' },
      { fill: field((words) => words.storage.add.name), text: 'taller.qcow2' },
      { see: css('[role=dialog] [data-level=error]') },
    ],
  },
  'volume-menu': {
    address: (s) => paths.pool(s.connection, s.pool),
    steps: [{ click: css('main table tbody tr:first-child button[aria-haspopup=menu]') }, { see: css('[role=menu]') }],
  },
  'no-pool-found': { address: (s) => paths.storage(s.connection), steps: [{ fill: css('#search'), text: 'aula' }], seldom: true, lasting: true },
  'no-commands': { address: machines, steps: [{ click: css('section > button[aria-expanded]:not([aria-haspopup])') }], seldom: true, lasting: true, fresh: true },
  ...cardStates,
  ...connectionStates,
  ...detailsStates,
  ...imageStates,
  ...networkStates,
  ...firstStartStates,
  ...systemStates,
  ...newNetworkStates,
  ...troubleStates,
  ...xmlStates,
} as const satisfies Readonly<Record<string, State>>

export type StateId = keyof typeof states
