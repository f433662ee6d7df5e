import { lazy, Suspense, type ComponentType } from 'react'
import { AddConnectionDialog, ConnectionDetailsDialog, RemoveConnectionDialog } from '../features/connections/index.ts'
import { JobsDialog } from '../features/jobs/index.ts'
import { useAppStore } from '../stores/app-store.ts'
import type { Dialog, DialogKind, DialogOf } from '../stores/dialogs.ts'

type Props<K extends DialogKind> = Omit<DialogOf<K>, 'kind'> & { readonly onClose: () => void }
type Components = { readonly [K in DialogKind]: ComponentType<Props<K>> }

const machines = () => import('../features/machines/index.ts')
const networks = () => import('../features/networks/index.ts')
const newNetwork = () => import('../features/new-network/index.ts')
const storage = () => import('../features/storage/index.ts')
const machine = () => import('../features/machine/index.ts')

/** The component of each dialog; what it is about comes as its props, beside onClose. */
const components: Components = {
  'new-machine': lazy(() =>
    import('../features/new-machine/index.ts').then((all) => ({ default: all.NewMachineSheet })),
  ),
  'delete-machine': lazy(() => machines().then((all) => ({ default: all.DeleteMachineDialog }))),
  'change-media': lazy(() => machine().then((all) => ({ default: all.ChangeMediaDialog }))),
  'machine-xml': lazy(() => machine().then((all) => ({ default: all.MachineXmlDialog }))),
  'machine-log': lazy(() => machine().then((all) => ({ default: all.MachineLogDialog }))),
  'new-network': lazy(() => newNetwork().then((all) => ({ default: all.NewNetworkSheet }))),
  'edit-network': lazy(() => newNetwork().then((all) => ({ default: all.EditNetworkSheet }))),
  'network-kinds': lazy(() => newNetwork().then((all) => ({ default: all.NetworkKindsDialog }))),
  'network-xml': lazy(() => networks().then((all) => ({ default: all.NetworkXmlDialog }))),
  'stop-network': lazy(() => networks().then((all) => ({ default: all.StopNetworkDialog }))),
  'restart-network': lazy(() => networks().then((all) => ({ default: all.RestartNetworkDialog }))),
  'delete-network': lazy(() => networks().then((all) => ({ default: all.DeleteNetworkDialog }))),
  'pool-xml': lazy(() => storage().then((all) => ({ default: all.PoolXmlDialog }))),
  'new-pool': lazy(() => storage().then((all) => ({ default: all.NewPoolDialog }))),
  'delete-pool': lazy(() => storage().then((all) => ({ default: all.DeletePoolDialog }))),
  'add-volume': lazy(() => storage().then((all) => ({ default: all.AddVolumeDialog }))),
  'add-connection': AddConnectionDialog,
  'remove-connection': RemoveConnectionDialog,
  'connection-details': ConnectionDetailsDialog,
  shortcuts: lazy(() => import('./ShortcutsDialog.tsx').then((all) => ({ default: all.ShortcutsDialog }))),
  about: lazy(() => import('./AboutDialog.tsx').then((all) => ({ default: all.AboutDialog }))),
  jobs: JobsDialog,
  closing: lazy(() => import('./ClosingDialog.tsx').then((all) => ({ default: all.ClosingDialog }))),
}

function Shown<K extends DialogKind>({
  dialog,
  onClose,
}: {
  readonly dialog: DialogOf<K>
  readonly onClose: () => void
}) {
  // TypeScript cannot see that a dialog of kind K goes with the component of kind K.
  const Component = components[dialog.kind as K] as ComponentType<
    Omit<Dialog, 'kind'> & { readonly onClose: () => void }
  >
  const { kind: _kind, ...fields } = dialog
  return <Component {...fields} onClose={onClose} />
}

/** The open dialogs, the last one on top. */
export function Dialogs() {
  const { stack, close } = useAppStore((state) => state.dialogs)
  const ready = useAppStore((state) => state.info !== null)
  if (!ready) return null
  return (
    <Suspense fallback={null}>
      {stack.map((dialog) => (
        <Shown key={JSON.stringify(dialog)} dialog={dialog} onClose={close} />
      ))}
    </Suspense>
  )
}
