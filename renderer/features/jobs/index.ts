/** Work that takes longer than a moment: its button in the header and its list. */
export { JobsButton } from './JobsButton.tsx'
export { JobsDialog } from './JobsDialog.tsx'
export { allowDesktopNotices, followJobs } from './notices.tsx'
export { createFrom } from './next-step.ts'
export { JobSwitches } from './JobSwitches.tsx'
export { watchJob } from './watch.ts'
export { JobRow } from './JobRow.tsx'
export { jobShare, progressText } from './words.ts'
