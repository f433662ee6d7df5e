/** Virtual networks of a connection. */
export { NetworksPage } from './NetworksPage.tsx'
export { DeleteNetworkDialog, RestartNetworkDialog, StopNetworkDialog } from './NetworkConfirm.tsx'
export { NetworkXmlDialog } from './NetworkXmlDialog.tsx'
export { CopySummary } from './CopySummary.tsx'
