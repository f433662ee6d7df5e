import { Autocomplete, Checkbox, Group, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { takesDevice } from '../../../shared/model/network-checks.ts'
import type { PlannedKind } from '../../../shared/model/network-plan.ts'
import { hasAddresses } from '../../../shared/model/network-proposal.ts'
import type { Family } from '../../../shared/lib/subnets.ts'
import { DnsRecords, StaticEntries } from './EntryRows.tsx'
import { at, described, FieldFindings } from './FieldFindings.tsx'
import { plainText, type FieldsProps } from './fields.ts'
import { Fold } from './Fold.tsx'
import { SubnetFields } from './SubnetFields.tsx'
import { isGuestDevice } from './words.ts'
import classes from './new-network.module.css'

/** The host's own address in a subnet; empty is its first one. */
function GatewayField({ state, family }: Pick<FieldsProps, 'state'> & { readonly family: Family }) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const subnet = form.plan[family]
  if (!subnet) return null
  return (
    <TextInput
      {...plainText}
      label={t(family === 'ipv4' ? 'new-network:field.gateway' : 'new-network:field.gateway6')}
      placeholder={t('new-network:field.automatic')}
      value={subnet.gateway ?? ''}
      {...described(at(findings, `${family}.gateway`))}
      onChange={(event) => dispatch({ kind: 'gateway', family, gateway: event.currentTarget.value })}
    />
  )
}

function FamilySwitch({ state, family }: Pick<FieldsProps, 'state'> & { readonly family: Family }) {
  const { t } = useTranslation()
  const { form, dispatch } = state
  return (
    <Switch
      label={t(family === 'ipv4' ? 'new-network:field.withIpv4' : 'new-network:field.withIpv6')}
      checked={form.plan[family] !== null}
      onChange={(event) => dispatch({ kind: 'family', family, on: event.currentTarget.checked })}
    />
  )
}

/** The device that traffic leaves by: any, or one of the host's. */
function DeviceField({ state, host }: FieldsProps) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const { forwardDevice } = form.plan
  const set = (name: string): void => dispatch({ kind: 'edit', patch: { forwardDevice: name === '' ? null : name } })
  const common = { label: t('new-network:field.device'), ...described(at(findings, 'forwardDevice')) }
  if (host === undefined) return <Select {...common} data={[]} placeholder={t('new-network:field.looking')} disabled />
  if (host?.told !== 'host') {
    const known = (host?.devices ?? []).filter((one) => !isGuestDevice(one.name)).map(({ name }) => name)
    return <Autocomplete {...plainText} {...common} data={known} placeholder={t('new-network:field.anyDevice')} value={forwardDevice ?? ''} onChange={set} />
  }
  const named = host.devices.filter((one) => !isGuestDevice(one.name)).map((one) => ({ value: one.name, label: t('new-network:field.deviceFact', { name: one.name, kind: t(`new-network:device.${one.kind}`) }) }))
  const other = forwardDevice !== null && host.devices.every((one) => one.name !== forwardDevice) ? [{ value: forwardDevice, label: forwardDevice }] : []
  return (
    <Select
      {...common}
      allowDeselect={false}
      value={forwardDevice ?? ''}
      data={[{ value: '', label: t('new-network:field.anyDevice') }, ...named, ...other]}
      onChange={(value) => set(value ?? '')}
    />
  )
}

function MtuField({ state }: Pick<FieldsProps, 'state'>) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const told = described(at(findings, 'mtu'))
  return (
    <NumberInput
      label={t('new-network:field.mtu')}
      placeholder={t('new-network:field.automatic')}
      value={form.plan.mtu ?? ''}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      maxLength={6}
      {...told}
      onChange={(value) => dispatch({ kind: 'edit', patch: { mtu: value === '' ? null : Number(value) } })}
    />
  )
}

function BridgeNameField({ state }: Pick<FieldsProps, 'state'>) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const told = described(at(findings, 'bridge'))
  return (
    <TextInput
      {...plainText}
      label={t('new-network:field.bridge')}
      placeholder={t('new-network:field.automatic')}
      value={form.plan.bridge}
      {...told}
      onChange={(event) => dispatch({ kind: 'edit', patch: { bridge: event.currentTarget.value } })}
    />
  )
}

function DomainField({ state }: Pick<FieldsProps, 'state'>) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const { domain } = form.plan
  const told = described(at(findings, 'domain'), domain === '' ? null : t('new-network:field.domainHint', { domain }))
  return (
    <TextInput
      {...plainText}
      label={t('new-network:field.domain')}
      value={domain}
      {...told}
      onChange={(event) => dispatch({ kind: 'domain', domain: event.currentTarget.value })}
    />
  )
}

function Addresses({ state, host }: FieldsProps) {
  const { kind, ipv6 } = state.form.plan
  return (
    <>
      <Group gap="xl">
        <FamilySwitch state={state} family="ipv4" />
        <FamilySwitch state={state} family="ipv6" />
      </Group>
      <FieldFindings findings={at(state.findings, 'ipv4', 'ipv6').filter((one) => state.form.plan[one.field === 'ipv4' ? 'ipv4' : 'ipv6'] === null)} />
      <GatewayField state={state} family="ipv4" />
      <StaticEntries state={state} family="ipv4" />
      {ipv6 && (
        <div className={classes.part}>
          <SubnetFields state={state} family="ipv6" />
          <GatewayField state={state} family="ipv6" />
          <StaticEntries state={state} family="ipv6" />
        </div>
      )}
      <DomainField state={state} />
      <DnsRecords state={state} />
      {takesDevice(kind) && <DeviceField state={state} host={host} />}
    </>
  )
}

const startFields = ['start', 'autostart'] as const

function StartFields({ state }: Pick<FieldsProps, 'state'>) {
  const { t } = useTranslation()
  const { form, dispatch } = state
  return (
    <Group gap="xl">
      {startFields.map((field) => (
        <Checkbox
          key={field}
          label={t(`new-network:field.${field}`)}
          checked={form.plan[field]}
          onChange={(event) => dispatch({ kind: 'edit', patch: { [field]: event.currentTarget.checked } })}
        />
      ))}
    </Group>
  )
}

/** What is in the fold, so that its label says it. */
function partsOf(kind: PlannedKind, editing: boolean) {
  const own = kind !== 'bridge' && kind !== 'macvtap'
  return [
    ...(hasAddresses(kind) ? (['ipv6', 'hosts', 'dns'] as const) : []),
    ...(takesDevice(kind) ? (['device'] as const) : []),
    ...(own ? (['mtu', 'bridge'] as const) : []),
    ...(editing ? [] : (['start'] as const)),
  ]
}

/** All that a network needs only sometimes, folded until asked for; it opens by itself where something in it is wrong. */
export function MoreFields({ state, host, editing }: FieldsProps & { readonly editing: boolean }) {
  const { t } = useTranslation()
  const { kind } = state.form.plan
  const own = kind !== 'bridge' && kind !== 'macvtap'
  if (editing && !own) return null
  const hidden = state.findings.some((one) => one.level === 'error' && !/^(?:name|hostBridge|hostDevice|ipv4\.(?:cidr|ranges).*)$/.test(one.field))
  const parts = partsOf(kind, editing).map((part) => t(`new-network:more.${part}`))
  return (
    <Fold name="more" label={t('new-network:more.title', { parts: parts.join(', ') })} forced={hidden}>
      <div className={classes.fields}>
        {hasAddresses(kind) && <Addresses state={state} host={host} />}
        {own && (
          <div className={classes.pair}>
            <MtuField state={state} />
            <BridgeNameField state={state} />
          </div>
        )}
        {!editing && <StartFields state={state} />}
      </div>
    </Fold>
  )
}
