/** Work that takes longer than a moment: its button in the header and its list. */
export { JobsButton } from './JobsButton.tsx'
export { JobsDialog } from './JobsDialog.tsx'
export { JobRow } from './JobRow.tsx'
export { jobShare, messageText, progressText } from './words.ts'
