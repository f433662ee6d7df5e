import { Alert, Autocomplete, Loader, Select } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { HostDevice, HostNetworking } from '../../../shared/model/host-networking.ts'
import { TermText } from '../../ui/Term.tsx'
import { BridgeGuide } from './BridgeGuide.tsx'
import { at, described } from './FieldFindings.tsx'
import { plainText, type FieldsProps } from './fields.ts'
import { Fold } from './Fold.tsx'
import { bridgeText, deviceText, isGuestDevice } from './words.ts'
import classes from './new-network.module.css'

/** Not what libvirt made, and no bridge. */
const canBeShared = ({ kind, name }: HostDevice): boolean => kind !== 'bridge' && !isGuestDevice(name)

/** A chosen name that is not, or no longer, among those listed. */
const alsoChosen = (chosen: string, names: readonly string[]) => (chosen !== '' && !names.includes(chosen) ? [{ value: chosen, label: chosen }] : [])

/** Of a host that cannot be looked at: its bridge or card is typed, or taken from what libvirt knows of it. */
function TypedName({ state, host, field }: FieldsProps & { readonly field: 'hostBridge' | 'hostDevice' }) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const known = field === 'hostBridge' ? (host?.bridges ?? []) : (host?.devices ?? []).filter((one) => canBeShared(one) && one.master === null)
  return (
    <Autocomplete
      {...plainText}
      label={t(`new-network:field.${field}`)}
      data={known.map(({ name }) => name)}
      value={form.plan[field]}
      {...described(at(findings, field), known.length > 0 ? t('new-network:field.offered') : t('new-network:field.typed'))}
      onChange={(name) => dispatch({ kind: 'edit', patch: { [field]: name } })}
    />
  )
}

/** Until the host has answered nothing can be chosen or typed. */
function Looking({ label }: { readonly label: string }) {
  const { t } = useTranslation()
  return <Select label={label} data={[]} placeholder={t('new-network:field.looking')} rightSection={<Loader size="xs" aria-hidden />} disabled />
}

function GuideFold({ host }: { readonly host: HostNetworking }) {
  const { t } = useTranslation()
  return (
    <Fold name="guide" label={t('new-network:guide.show')}>
      <BridgeGuide host={host} />
    </Fold>
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
      <GuideFold host={host} />
    </>
  )
}

function DeviceField({ state, host }: Pick<FieldsProps, 'state'> & { readonly host: HostNetworking }) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const chosen = form.plan.hostDevice
  const told = described(at(findings, 'hostDevice'))
  const devices = host.devices.filter(canBeShared)
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
  const seen = host?.told === 'host' ? host : null
  if (kind === 'bridge') {
    if (host === undefined) return <Looking label={t('new-network:field.hostBridge')} />
    if (seen) return <BridgeField state={state} host={seen} />
    return (
      <>
        <TypedName state={state} host={host} field="hostBridge" />
        {host && host.bridges.length === 0 && <GuideFold host={host} />}
      </>
    )
  }
  if (kind !== 'macvtap') return null
  return (
    <>
      <Alert color="orange" variant="light" role="note" icon={<IconAlertTriangle size={18} aria-hidden />}>
        <TermText text={t('new-network:macvtapWarning')} />
      </Alert>
      {host === undefined && <Looking label={t('new-network:field.hostDevice')} />}
      {seen && <DeviceField state={state} host={seen} />}
      {host !== undefined && !seen && <TypedName state={state} host={host} field="hostDevice" />}
    </>
  )
}
