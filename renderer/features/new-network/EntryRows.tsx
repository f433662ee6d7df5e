import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Family } from '../../../shared/lib/subnets.ts'
import type { StaticEntry } from '../../../shared/model/network-plan.ts'
import { RowsField } from './RowsField.tsx'
import type { FieldsProps } from './fields.ts'

type Props = Pick<FieldsProps, 'state'>

/** Addresses that DHCP keeps for a card. */
export function StaticEntries({ state, family }: Props & { readonly family: Family }) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const hosts = form.plan[family]?.dhcp?.hosts
  if (!hosts) return null
  const set = (next: readonly StaticEntry[]): void => dispatch({ kind: 'hosts', family, hosts: next })
  return (
    <RowsField
      title={t(family === 'ipv4' ? 'new-network:rows.hosts' : 'new-network:rows.hosts6')}
      hint={t(family === 'ipv4' ? 'new-network:rows.hostsHint' : 'new-network:rows.hosts6Hint')}
      field={`${family}.hosts`}
      columns={[
        // DHCPv6 knows machines by their name, not by their card.
        ...(family === 'ipv4' ? [{ key: 'mac', label: t('new-network:rows.mac') }] : []),
        { key: 'address', label: t('new-network:rows.address') },
        { key: 'name', label: t('new-network:rows.hostName') },
      ]}
      rows={hosts.map(({ mac, address, name }) => ({ mac, address, name }))}
      findings={findings}
      add={t('new-network:rows.addHost')}
      onAdd={() => set([...hosts, { mac: '', address: '', name: '' }])}
      onChange={(row, key, text) => set(hosts.map((one, index) => (index === row ? { ...one, [key]: text } : one)))}
      onRemove={(row) => set(hosts.filter((_, index) => index !== row))}
    />
  )
}

const namesOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((name) => name !== '')

/** Names that the host's DNS knows. What is typed keeps its blanks while it stands for the same names. */
export function DnsRecords({ state }: Props) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const records = form.plan.dnsRecords
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({})
  const textOf = (names: readonly string[], row: number): string => {
    const text = typed[row]
    return text !== undefined && namesOf(text).join(' ') === names.join(' ') ? text : names.join(' ')
  }
  const set = (dnsRecords: typeof records): void => dispatch({ kind: 'edit', patch: { dnsRecords } })
  const change = (row: number, key: string, text: string): void => {
    if (key === 'names') setTyped({ ...typed, [row]: text })
    set(records.map((one, index) => (index === row ? { ...one, ...(key === 'names' ? { names: namesOf(text) } : { address: text }) } : one)))
  }
  return (
    <RowsField
      title={t('new-network:rows.records')}
      hint={t('new-network:rows.recordsHint')}
      field="dnsRecords"
      columns={[
        { key: 'address', label: t('new-network:rows.address') },
        { key: 'names', label: t('new-network:rows.names') },
      ]}
      rows={records.map(({ address, names }, row) => ({ address, names: textOf(names, row) }))}
      findings={findings}
      add={t('new-network:rows.addRecord')}
      onAdd={() => set([...records, { address: '', names: [] }])}
      onChange={change}
      onRemove={(row) => {
        setTyped({})
        set(records.filter((_, index) => index !== row))
      }}
    />
  )
}
