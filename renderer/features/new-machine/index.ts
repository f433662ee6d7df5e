/** Making a machine: the sheet that "+" opens. */
export { NewMachineSheet } from './NewMachineSheet.tsx'
