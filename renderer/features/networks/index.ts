/** Virtual networks of a connection. */
export { NetworksPage } from './NetworksPage.tsx'
export { DeleteNetworkDialog, StopNetworkDialog } from './NetworkConfirm.tsx'
export { NetworkXmlDialog } from './NetworkXmlDialog.tsx'
