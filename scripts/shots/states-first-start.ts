/** What a machine from a disk image is told at its first start: the form and the documents, with what is said about them. */
import { dialogAddress, type Subject } from '../../renderer/app/registry.ts'
import { button, css, field, type State, type Step } from './state.ts'

const newMachine = (s: Subject): string => dialogAddress('new-machine', s)
const opened: readonly Step[] = [
  { click: css('[data-path$="/ubuntu20.10-2.qcow2"]') },
  { see: button((words) => words['new-machine'].create) },
  { click: css('[role=switch]') },
]

export const firstStartStates = {
  'first-start-form': {
    address: newMachine,
    steps: [
      ...opened,
      { fill: field((words) => words['first-start'].password), text: 'una contraseña' },
      { fill: field((words) => words['first-start'].confirmation), text: 'otra' },
      { fill: field((words) => words['first-start'].packages), text: 'nginx --x' },
      { see: css('[role=dialog] [data-level=error]') },
    ],
  },
  'first-start-documents': {
    seldom: true,
    address: newMachine,
    steps: [
      ...opened,
      { click: css('[role=tab]:nth-child(2)') },
      {
        fill: field((words) => words['first-start'].userData),
        text: '#cloud-config\nseña a los usuarios creados\nchpasswd:\n  expire: False\n  users:\n    - name: root\n      password: asdasd\n      type: text\n',
      },
      { see: css('[role=dialog] [data-level=error]') },
      { click: css('[role=tab]:nth-child(2)') },
    ],
  },
  'first-start-warnings': {
    seldom: true,
    address: newMachine,
    steps: [
      ...opened,
      { click: css('[role=tab]:nth-child(2)') },
      { fill: field((words) => words['first-start'].userData), text: '#cloud-config\nchpasswd:\n  expire: False\n  users:\n    - name: root\n      password: asdasd\n      type: text\n' },
      { see: css('[role=dialog] [data-level=warning] ~ [data-level=note]') },
      { fill: field((words) => words['first-start'].networkConfig), text: 'version: 2\n' },
    ],
  },
} satisfies Readonly<Record<string, State>>
