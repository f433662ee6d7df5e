import { Alert, Button, Modal, Stack, Text } from '@mantine/core'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import { isActive } from '../../../shared/model/domain-rules.ts'
import { isPluggedInto } from '../../../shared/model/network-machines.ts'
import type { Network } from '../../../shared/model/network.ts'
import type { NetworkEdit, NetworkPlan } from '../../../shared/model/network-plan.ts'
import { changedParts, rebaseEdit, type EditPart } from '../../../shared/model/network-edits.ts'
import { planOfNetwork } from '../../../shared/model/network-proposal.ts'
import { betweenMachines } from '../../../shared/model/reach.ts'
import { call } from '../../api/client.ts'
import { restartNetwork } from '../../app/network-power.ts'
import { appStore, openDialog, useAppStore } from '../../stores/app-store.ts'
import { DialogText } from '../../ui/DialogText.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { hideNotice, showDone, showError, showNotice } from '../../ui/notices.tsx'
import { choiceOf } from './choices.ts'
import { effectOf } from './edit-effect.ts'
import { formOf } from './form.ts'
import { FormFields } from './FormFields.tsx'
import { Kept } from './Kept.tsx'
import { KindList } from './KindList.tsx'
import { NetworkSheet } from './NetworkSheet.tsx'
import { Obstacle } from './NewNetworkSheet.tsx'
import { Preview } from './Preview.tsx'
import { proposals } from './proposal.ts'
import { useAround } from './use-around.ts'
import { useNetworkForm, type NetworkFormState } from './use-network-form.ts'
import classes from './new-network.module.css'

interface Props {
  readonly connection: ConnectionId
  readonly uuid: string
  readonly onClose: () => void
}

/** Fields of a network that is there: it has them, so that none follows another. */
const settled = ['domain', 'ipv4.ranges', 'ipv4.dhcp', 'ipv4.cidr', 'ipv6.cidr', 'ipv6.ranges', 'ipv6.dhcp']

export function editOf(plan: NetworkPlan): NetworkEdit {
  const { connection: _connection, name: _name, start: _start, autostart: _autostart, ...edit } = plan
  return edit
}

/** Whether somebody would be cut off: then the machines are named first. */
function inUse(network: Network): boolean {
  const machines = Object.values(appStore.getState().domains)
  return machines.some((one) => one.connection === network.connection && isActive(one) && one.cards.some((card) => isPluggedInto(card, network)))
}

/** What waits for a restart of the network: said with the button that does it. */
function offerRestart(network: Network): void {
  const { connection, uuid, name } = network
  const id = `restart:${uuid}`
  const restart = async (): Promise<void> => {
    hideNotice(id)
    if (inUse(network)) return openDialog({ kind: 'restart-network', connection, uuid })
    await restartNetwork(network)
  }
  showNotice(
    i18next.t('new-network:edit.saved', { name }),
    <>
      <Text size="sm" mb={6}>
        {i18next.t('new-network:edit.waits')}
      </Text>
      <Button variant="default" size="xs" onClick={() => void restart().catch(showError)}>
        {i18next.t('new-network:edit.restartNow')}
      </Button>
    </>,
    { stay: true, id },
  )
}

function useSaving(network: Network, { state, before }: { readonly state: NetworkFormState; readonly before: NetworkEdit }, onSaved: () => void) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { plan } = state.form
  const { connection, uuid, name } = network
  const write = async (): Promise<void> => {
    const edit = editOf(plan)
    const { findings } = await call('network.check-edit', { connection, uuid, edit })
    state.told(plan, findings)
    if (findings.some((one) => one.level === 'error')) return
    const { restart } = await call('network.edit', { connection, uuid, edit, before })
    onSaved()
    if (restart) offerRestart(network)
    else showDone(t('new-network:edit.saved', { name }))
  }
  const save = async (): Promise<void> => {
    state.attempt()
    if (state.obstacle) return
    setBusy(true)
    setError(null)
    await write().catch(setError)
    setBusy(false)
  }
  return { busy, error, save }
}

function Parts({ lead, parts }: { readonly lead: string; readonly parts: readonly EditPart[] }) {
  const { t } = useTranslation()
  if (parts.length === 0) return null
  return (
    <div>
      <strong>{lead}</strong> {parts.map((part) => t(`new-network:edit.part.${part}`)).join(', ')}
    </div>
  )
}

/** Before it is saved: what of it takes effect now, and what waits. */
function Effect({ network, before, after }: { readonly network: Network; readonly before: NetworkEdit; readonly after: NetworkEdit }) {
  const { t } = useTranslation()
  const { now, restart } = effectOf(before, after, network.next !== null)
  if (now.length + restart.length === 0) return null
  return (
    <div className={classes.effect}>
      {network.active ? (
        <>
          <Parts lead={t('new-network:edit.now')} parts={now} />
          <Parts lead={t('new-network:edit.restart')} parts={restart} />
        </>
      ) : (
        t('new-network:edit.off')
      )}
    </div>
  )
}

/** What the network said when the form began, and what the form begins with. */
interface Beginning {
  readonly before: NetworkEdit
  readonly first: NetworkEdit
}

/** Somebody else has changed the network since: their changes can be taken into what is typed here. */
function Overtaken({ parts, onTake }: { readonly parts: readonly EditPart[]; readonly onTake: () => void }) {
  const { t } = useTranslation()
  return (
    <Alert color="orange" variant="light" role="alert" title={t('new-network:edit.overtaken')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('new-network:edit.overtakenText', { parts: parts.map((part) => t(`new-network:edit.part.${part}`)).join(', ') })}</Text>
        <Button variant="default" size="xs" onClick={onTake}>
          {t('new-network:edit.takeOver')}
        </Button>
      </Stack>
    </Alert>
  )
}

/** Where nothing is typed yet there is nothing to ask: the form begins with what is there now. */
function useTaken(untouched: boolean, take: () => void): void {
  const takeNow = useEffectEvent(take)
  useEffect(() => {
    if (untouched) takeNow()
  }, [untouched])
}

/** Ports that are kept apart stay so with every kind; the mode of a macvtap network goes with it. */
function between(network: Network, { kind }: NetworkEdit) {
  const now = network.next ?? network
  return betweenMachines(now.extras.filter(({ what }) => what === 'isolatedPorts' || now.kind === kind))
}

interface SheetProps extends Beginning {
  readonly network: Network
  readonly onBegin: (beginning: Beginning) => void
  readonly onClose: () => void
}

function Sheet({ network, before, first, onBegin, onClose }: SheetProps) {
  const { t } = useTranslation()
  const { connection, uuid, name } = network
  const { around, host } = useAround(connection, uuid)
  const free = useMemo(() => proposals(connection, around), [connection, around])
  const state = useNetworkForm(() => formOf({ connection, name, start: false, autostart: false, ...first }, free, settled), around)
  const { form, dispatch, obstacle } = state
  const { busy, error, save } = useSaving(network, { state, before }, onClose)
  const edit = editOf(form.plan)
  const changed = changedParts(before, edit).length > 0
  const now = planOfNetwork(network)
  const overtaken = busy ? [] : changedParts(before, now)
  const take = (): void => onBegin({ before: now, first: rebaseEdit(before, edit, now) })
  useTaken(overtaken.length > 0 && !changed, take)
  const reason = overtaken.length > 0 ? t('new-network:edit.overtaken') : obstacle && changed ? <Obstacle lead={t('new-network:reasonEdit')} finding={obstacle} /> : null
  const ask = (plan: NetworkPlan) => call('network.preview-edit', { connection, uuid, edit: editOf(plan) })
  return (
    <NetworkSheet
      title={t('new-network:titleEdit', { name })}
      kinds={<KindList choice={choiceOf(form.plan)} onChoose={(choice) => dispatch({ kind: 'choice', choice, ...free })} />}
      done={t('new-network:save')}
      busy={busy}
      reason={changed ? reason : t('new-network:unchanged')}
      note={<Effect network={network} before={before} after={edit} />}
      edited={changed}
      discard={t('new-network:discard.titleEdit')}
      onSubmit={() => changed && overtaken.length === 0 && void save()}
      onClose={onClose}
    >
      {overtaken.length > 0 && <Overtaken parts={overtaken} onTake={take} />}
      <FormFields state={state} host={host} editing machines={between(network, edit)} />
      <Kept network={network} edit={edit} />
      <Preview plan={obstacle ? null : form.plan} ask={ask} />
      {error !== null && overtaken.length === 0 && <ErrorNotice error={error} />}
    </NetworkSheet>
  )
}

/** As the network was when the sheet was opened: what is typed is not overtaken by what happens meanwhile, unless asked for. */
function Editing({ network, onClose }: { readonly network: Network; readonly onClose: () => void }) {
  const [{ round, ...beginning }, begin] = useState(() => ({ before: planOfNetwork(network), first: planOfNetwork(network), round: 0 }))
  return <Sheet key={round} network={network} {...beginning} onBegin={(next) => begin({ ...next, round: round + 1 })} onClose={onClose} />
}

/** A network that is there: the same form, and before saving what applies now and what waits for a restart. */
export function EditNetworkSheet({ connection, uuid, onClose }: Props) {
  const { t } = useTranslation()
  const networks = useAppStore((state) => state.networks[connection])
  const network = networks?.find((one) => one.uuid === uuid)
  if (network) return <Editing key={uuid} network={network} onClose={onClose} />
  if (!networks) return null
  return (
    <Modal opened onClose={onClose} title={t('new-network:edit.gone')}>
      <DialogText>
        <Text size="sm">{t('new-network:edit.goneText')}</Text>
      </DialogText>
    </Modal>
  )
}
