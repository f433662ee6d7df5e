/** A machine's page: console and details, and the dialogs that belong to it. */
export { MachineLogDialog } from './MachineLogDialog.tsx'
export { MachinePage } from './MachinePage.tsx'
export { ChangeMediaDialog } from './ChangeMediaDialog.tsx'
export { MachineXmlDialog } from './MachineXmlDialog.tsx'
