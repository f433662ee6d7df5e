import { Alert, Select, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { HostNetworking } from '../../../shared/model/host-networking.ts'
import { TermText } from '../../ui/Term.tsx'
import { BridgeGuide } from './BridgeGuide.tsx'
import { at, described } from './FieldFindings.tsx'
import { plainText, type FieldsProps } from './fields.ts'
import { Fold } from './Fold.tsx'
import { bridgeText, deviceText, isGuestDevice } from './words.ts'
import classes from './new-network.module.css'

/** A chosen name that is not, or no longer, among those listed. */
const alsoChosen = (chosen: string, names: readonly string[]) => (chosen !== '' && !names.includes(chosen) ? [{ value: chosen, label: chosen }] : [])

/** Host that cannot be looked at: its bridge or card is typed. */
function TypedName({ state, field }: Pick<FieldsProps, 'state'> & { readonly field: 'hostBridge' | 'hostDevice' }) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  return (
    <TextInput
      {...plainText}
      label={t(`new-network:field.${field}`)}
      value={form.plan[field]}
      {...described(at(findings, field), t('new-network:field.typed'))}
      onChange={(event) => dispatch({ kind: 'edit', patch: { [field]: event.currentTarget.value } })}
    />
  )
}

function BridgeField({ state, host }: Pick<FieldsProps, 'state'> & { readonly host: HostNetworking }) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const chosen = form.plan.hostBridge
  const told = described(at(findings, 'hostBridge'))
  const data = [
    ...host.bridges.map((one) => ({ value: one.name, label: bridgeText(t, one) })),
    ...alsoChosen(chosen, host.bridges.map((one) => one.name)),
  ]
  if (data.length === 0) {
    return (
      <div className={classes.fields}>
        <p className={classes.sentence}>{t('new-network:guide.none')}</p>
        <BridgeGuide host={host} />
      </div>
    )
  }
  return (
    <>
      <Select
        label={t('new-network:field.hostBridge')}
        placeholder={t('new-network:field.none')}
        allowDeselect={false}
        data={data}
        value={chosen === '' ? null : chosen}
        {...told}
        onChange={(value) => dispatch({ kind: 'edit', patch: { hostBridge: value ?? '' } })}
      />
      <Fold name="guide" label={t('new-network:guide.show')}>
        <BridgeGuide host={host} />
      </Fold>
    </>
  )
}

function DeviceField({ state, host }: Pick<FieldsProps, 'state'> & { readonly host: HostNetworking }) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const chosen = form.plan.hostDevice
  const told = described(at(findings, 'hostDevice'))
  const devices = host.devices.filter((one) => one.kind !== 'bridge' && !isGuestDevice(one.name))
  const data = [
    ...devices.map((one) => ({ value: one.name, label: deviceText(t, one), disabled: one.master !== null })),
    ...alsoChosen(chosen, devices.map((one) => one.name)),
  ]
  return (
    <Select
      label={t('new-network:field.hostDevice')}
      placeholder={t('new-network:field.none')}
      allowDeselect={false}
      data={data}
      value={chosen === '' ? null : chosen}
      {...told}
      onChange={(value) => dispatch({ kind: 'edit', patch: { hostDevice: value ?? '' } })}
    />
  )
}

/** Which bridge of the host, or which card; macvtap says at once what it keeps apart. */
export function PublicFields({ state, host }: FieldsProps) {
  const { t } = useTranslation()
  const { kind } = state.form.plan
  if (kind === 'bridge') return host ? <BridgeField state={state} host={host} /> : <TypedName state={state} field="hostBridge" />
  if (kind !== 'macvtap') return null
  return (
    <>
      <Alert color="orange" variant="light" role="note" icon={<IconAlertTriangle size={18} aria-hidden />}>
        <TermText text={t('new-network:macvtapWarning')} />
      </Alert>
      {host ? <DeviceField state={state} host={host} /> : <TypedName state={state} field="hostDevice" />}
    </>
  )
}
