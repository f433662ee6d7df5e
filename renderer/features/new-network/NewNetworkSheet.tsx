import { TextInput } from '@mantine/core'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import { isSession } from '../../../shared/model/connection-rules.ts'
import type { NetworkFinding } from '../../../shared/model/network-plan.ts'
import { proposeNetwork } from '../../../shared/model/network-proposal.ts'
import { call } from '../../api/client.ts'
import { go, paths } from '../../app/paths.ts'
import { useConnection } from '../../stores/app-store.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { showDone } from '../../ui/notices.tsx'
import { choiceOf } from './choices.ts'
import { at, described } from './FieldFindings.tsx'
import { plainText } from './fields.ts'
import { formOf } from './form.ts'
import { FormFields } from './FormFields.tsx'
import { KindList } from './KindList.tsx'
import { NetworkSheet } from './NetworkSheet.tsx'
import { Preview } from './Preview.tsx'
import { proposals } from './proposal.ts'
import { SessionDialog } from './SessionDialog.tsx'
import { useAround, type AroundState } from './use-around.ts'
import { useNetworkForm, type NetworkFormState } from './use-network-form.ts'
import { findingText } from '../../ui/message-text.ts'
import { placeText } from './words.ts'

interface Props {
  readonly connection: ConnectionId
  readonly onClose: () => void
}

/** The form as it begins: NAT on a free subnet, all of it handed out, without a name. */
function useNewForm(connection: ConnectionId, { around, host }: AroundState): NetworkFormState {
  const state = useNetworkForm(() => {
    const { ipv4, ipv6 } = proposals(connection, around)
    const plan = proposeNetwork(connection, 'nat', around, true)
    return formOf({ ...plan, name: '', domain: '' }, { ipv4, ipv6 })
  }, around)
  const known = host !== undefined
  const propose = useEffectEvent(() => state.dispatch({ kind: 'proposal', ...proposals(connection, around) }))
  useEffect(() => {
    if (known) propose()
  }, [known])
  return state
}

/** Asks the host once more, makes the network, and shows it; what goes wrong stays in the sheet with what was typed. */
function useCreation(connection: ConnectionId, state: NetworkFormState, onMade: () => void) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { plan } = state.form
  const make = async (): Promise<void> => {
    const { findings } = await call('network.check', plan)
    state.told(plan, findings)
    if (findings.some((one) => one.level === 'error')) return
    const { uuid } = await call('network.create', plan)
    onMade()
    go(paths.network(connection, uuid))
    showDone(t('new-network:made', { name: plan.name }))
  }
  const create = async (): Promise<void> => {
    state.attempt()
    if (state.obstacle) return
    setBusy(true)
    setError(null)
    await make().catch(setError)
    setBusy(false)
  }
  return { busy, error, create }
}

/** What stands in the way, as a sentence, with the field where it does not name it itself. */
export function Obstacle({ lead, finding }: { readonly lead: string; readonly finding: NetworkFinding }) {
  const { t } = useTranslation()
  return [lead, placeText(t, finding.field), findingText(t, finding)].filter(Boolean).join(' ')
}

function Sheet({ connection, onClose }: Props) {
  const { t } = useTranslation()
  const surroundings = useAround(connection)
  const { around, host } = surroundings
  const state = useNewForm(connection, surroundings)
  const { form, dispatch, findings, obstacle } = state
  const { busy, error, create } = useCreation(connection, state, onClose)
  const { hostBridge, hostDevice } = useMemo(() => proposals(connection, around), [connection, around])
  return (
    <NetworkSheet
      title={t('new-network:title')}
      kinds={<KindList choice={choiceOf(form.plan)} onChoose={(choice) => dispatch({ kind: 'choice', choice, hostBridge, hostDevice })} />}
      done={t('new-network:create')}
      busy={busy}
      reason={obstacle && <Obstacle lead={t('new-network:reason')} finding={obstacle} />}
      edited={form.typed.size > 0}
      discard={t('new-network:discard.title')}
      onSubmit={() => void create()}
      onClose={onClose}
    >
      <FormFields
        state={state}
        host={host}
        editing={false}
        name={
          <TextInput
            {...plainText}
            data-autofocus
            label={t('new-network:field.name')}
            value={form.plan.name}
            {...described(at(findings, 'name'))}
            onChange={(event) => dispatch({ kind: 'name', name: event.currentTarget.value })}
          />
        }
      />
      <Preview plan={obstacle ? null : form.plan} ask={(plan) => call('network.preview', plan)} />
      {error !== null && <ErrorNotice error={error} />}
    </NetworkSheet>
  )
}

/** "New network": its kind, its few fields, and what it will be able to do. A session is told why it has none. */
export function NewNetworkSheet({ connection, onClose }: Props) {
  const of = useConnection(connection)
  return of && isSession(of) ? <SessionDialog onClose={onClose} /> : <Sheet connection={connection} onClose={onClose} />
}
