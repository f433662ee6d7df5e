import { Anchor, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Network } from '../../../shared/model/network.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { exampleAddress } from '../../../shared/model/network-machines.ts'
import { hasDhcp } from '../../../shared/model/reach.ts'
import { href, paths } from '../../app/paths.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { DataTable, type Column } from '../../ui/DataTable.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { wireErrorOf } from '../../ui/error-text.ts'
import { formatFromNow, formatList } from '../../ui/format.ts'
import { Section } from '../../ui/Section.tsx'
import { StateBadge, type Tone } from '../../ui/StateBadge.tsx'
import { leaseRows, neverEnds, type LeaseRow, type LeaseState } from './leases.ts'
import type { Live } from './use-live.ts'
import { staticPattern } from './words.ts'
import classes from './networks.module.css'

const tones: Readonly<Record<LeaseState, Tone>> = { current: 'good', off: 'off', before: 'warn', expired: 'warn', elsewhere: 'warn', stranger: 'warn' }

/** What a lease is worth, in a word, and why: an old one must not be taken for the machine's address. */
function Worth({ row }: { readonly row: LeaseRow }) {
  const { t } = useTranslation()
  const { state, machine } = row
  if (state === 'current' || state === 'off' || state === 'expired') return <StateBadge tone={tones[state]} label={t(`networks:lease.word.${state}`)} />
  return (
    <>
      <StateBadge tone={tones[state]} label={t('networks:lease.word.old')} />{' '}
      <span className={classes.small}>{t(`networks:lease.why.${state}`, { name: machine ? displayName(machine) : '' })}</span>
    </>
  )
}

function Machine({ row }: { readonly row: LeaseRow }) {
  if (!row.machine) return '–'
  return <Anchor display="inline-block" href={href(paths.machine(row.machine.connection, row.machine.uuid, 'details'))}>{displayName(row.machine)}</Anchor>
}

/** Where the table is narrow, what has no column of its own stands under what is beside it. */
function Both({ first, second }: { readonly first: ReactNode; readonly second: ReactNode }) {
  return (
    <>
      {first}
      {second !== null && <div className={classes.narrowOnly}>{second}</div>}
    </>
  )
}

/** Why this host lends no addresses here, and what to do instead. */
function NoDhcp({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const example = exampleAddress(network)
  const pattern = staticPattern(network)
  if (example === null) {
    return (
      <>
        <Text fw={500}>{t('networks:noDhcpHere.lan')}</Text>
        <Text c="dimmed">{t('networks:noDhcpHere.lanText')}</Text>
      </>
    )
  }
  return (
    <>
      <Text fw={500}>{pattern === null ? t('networks:noDhcpHere.any') : t('networks:noDhcpHere.static', { pattern })}</Text>
      <Text c="dimmed">{pattern === null ? t('networks:noDhcpHere.anyText', { example }) : t('networks:noDhcpHere.staticText', { example })}</Text>
    </>
  )
}

function None({ network, waiting }: { readonly network: Network; readonly waiting: readonly string[] }) {
  const { t } = useTranslation()
  if (!network.active) return <Text c="dimmed">{t('networks:leasesOff')}</Text>
  return <Text c="dimmed">{waiting.length > 0 ? t('networks:leasesWaiting', { names: formatList(waiting) }) : t('networks:noLeases')}</Text>
}

/** The table of what libvirt's DHCP has lent; where there is no DHCP, what takes its place. */
export function LeasesSection({ network, live }: { readonly network: Network; readonly live: Live }) {
  const { leases, now, error, waiting } = live
  const { t } = useTranslation()
  const domains = useAppStore((state) => state.domains)
  const others = Object.values(domains).filter((one) => one.connection === network.connection)
  const rows = leaseRows(network, leases, [...live.machines, ...others], now)
  const endOf = ({ lease }: LeaseRow): string => (neverEnds(lease) ? t('networks:lease.never') : formatFromNow(lease.expiresAt * 1000, now * 1000))
  const untold = error !== null && wireErrorOf(error).code === 'unsupported'
  const columns: readonly Column<LeaseRow>[] = [
    { key: 'machine', label: t('networks:machine'), cell: (row) => <Both first={<Machine row={row} />} second={<span className={classes.number}>{row.lease.mac}</span>} /> },
    { key: 'address', label: t('networks:address'), cell: ({ lease, state }) => <Both first={<span className={classes.number} data-stale={state !== 'current' || undefined}>{lease.address}</span>} second={lease.hostname} /> },
    { key: 'mac', label: 'MAC', wideOnly: 'very', cell: ({ lease }) => <span className={classes.number}>{lease.mac}</span> },
    { key: 'host', label: t('networks:hostname'), wideOnly: 'very', cell: ({ lease }) => lease.hostname ?? '–' },
    { key: 'expires', label: t('networks:lease.expires'), wideOnly: 'very', cell: (row) => <span className={classes.number}>{endOf(row)}</span> },
    { key: 'worth', label: t('networks:state'), cell: (row) => <div className={classes.worth}><Both first={<Worth row={row} />} second={endOf(row)} /></div> },
  ]
  return (
    <Section title={t('networks:leases')}>
      {error !== null && (untold ? <Text c="dimmed">{t('networks:leasesUnknown')}</Text> : <ErrorNotice error={error} />)}
      {error === null && rows.length === 0 && (hasDhcp(network) ? <None network={network} waiting={waiting} /> : <NoDhcp network={network} />)}
      {rows.length > 0 && <DataTable caption={t('networks:leases')} rows={rows} rowKey={({ lease }) => `${lease.mac}|${lease.address}`} columns={columns} />}
    </Section>
  )
}
