/** Virtual networks of a connection. */
export { NetworksPage } from './NetworksPage.tsx'
export { NetworkXmlDialog } from './NetworkXmlDialog.tsx'
