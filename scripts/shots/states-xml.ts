/** Editing the XML of a machine: the text, what differs, what was refused, what was overtaken, and what libvirt has made of it. */
import { paths } from '../../renderer/app/paths.ts'
import { dialogAddress, type Subject } from '../../renderer/app/registry.ts'
import type { Shown } from './shown.ts'
import { button, css, type State, type Step } from './state.ts'

const machineXml = (s: Subject): string => dialogAddress('machine-xml', s)
const allowed = {
  before: ({ host }: Shown) => host.call('settings.update', { editXml: true }).then(() => undefined),
  after: ({ host }: Shown) => host.call('settings.update', { editXml: false }).then(() => undefined),
}
const edit: Step = { click: button((words) => words.xml.edit) }
const open: Step = { see: css('[role=dialog] .cm-content') }
const compare: Step = { click: button((words) => words.xml.difference) }
const differs: Step = { see: css('[role=dialog] .cm-changedLine') }
const save: Step = { click: button((words) => words.xml.save) }

/** Finds a text by the editor's own search and writes another one in its place. */
const replace = (text: string, by: string): Step => ({
  work: async ({ page }) => {
    await page.locator('[role=dialog] .cm-content').press('Control+f')
    await page.keyboard.insertText(text)
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.keyboard.insertText(by)
  },
})
const crash = replace('<on_crash>destroy', '<on_crash>restart')

export const xmlStates = {
  'xml-edit': { seldom: true, address: machineXml, ...allowed, steps: [edit, open] },
  'xml-search': {
    seldom: true,
    address: machineXml,
    ...allowed,
    steps: [edit, open, { work: ({ page }) => page.locator('[role=dialog] .cm-content').press('Control+f') }, { see: css('.cm-search') }],
  },
  'xml-difference': { address: machineXml, ...allowed, steps: [edit, open, crash, compare, differs] },
  'xml-refused': {
    seldom: true,
    address: machineXml,
    ...allowed,
    steps: [edit, open, replace('<on_crash>destroy</on_crash>', '<on_crash>destroy</on_crush>'), compare, differs, save, { see: css('[role=dialog] [role=alert]') }],
  },
  'xml-kept': {
    seldom: true,
    address: machineXml,
    ...allowed,
    lasting: true,
    steps: [edit, open, replace('<devices>', '<!-- nota -->\n  <devices>'), compare, differs, save, { see: css('[role=dialog] [role=status]') }],
  },
  'xml-discard': {
    seldom: true,
    address: machineXml,
    ...allowed,
    steps: [edit, open, crash, { click: button((words) => words.common.cancel) }, { see: button((words) => words.xml.discard.do) }],
  },
  'network-xml-edit': { seldom: true, address: (s) => dialogAddress('network-xml', s), ...allowed, steps: [edit, open] },
  'settings-xml': {
    seldom: true,
    address: () => paths.settings(),
    steps: [{ work: ({ page }) => page.getByRole('switch').last().scrollIntoViewIfNeeded() }],
  },
} as const satisfies Readonly<Record<string, State>>
