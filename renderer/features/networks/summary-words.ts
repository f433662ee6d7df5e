/** The summary of a network or a machine as a person reads it in a report. */
import type { TFunction } from 'i18next'
import { subnetOf } from '../../../shared/lib/subnets.ts'
import type { Network } from '../../../shared/model/network.ts'
import type { SummaryLine, SummaryReach } from '../../../shared/model/network-summary.ts'

export type SummaryForm = 'text' | 'tabs' | 'markdown'

/** One line of text: names may hold tabs and line breaks, which would end a cell or a row. */
const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

const serverText = (t: TFunction, server: 'gatewayIs' | 'dnsIs', value: string | null): string => {
  if (value !== null && value !== 'lan') return value
  return t(`networks:summary.${server}.${value ?? 'none'}`)
}

/** "yes", "no", "with a route back…". Unknown is a dash. */
export function reachWord(t: TFunction, reach: SummaryReach | null): string {
  return reach === null ? '–' : t(`networks:reach.value.${reach}`)
}

function kindText(t: TFunction, line: SummaryLine): string {
  if (line.kind === 'user') return t('networks:summary.user')
  return line.kind === 'unplugged' ? t('networks:summary.unplugged') : t(`networks:kind.${line.kind}`)
}

function addressText(t: TFunction, line: SummaryLine): string {
  const { addresses, noAddress, example } = line
  if (noAddress === 'static' && example !== null) return t('networks:summary.noAddress.example', { example })
  if (noAddress !== null) return t(`networks:summary.noAddress.${noAddress}`)
  return addresses.map((one) => (one.prefix === null ? one.address : `${one.address}/${one.prefix}`)).join(', ')
}

const originText = (t: TFunction, { addresses }: SummaryLine): string =>
  [...new Set(addresses.map((one) => t(`networks:summary.origin.${one.origin}`)))].join(', ')

interface Column {
  readonly label: string
  readonly value: string
}

function columnsOf(t: TFunction, line: SummaryLine): readonly Column[] {
  return [
    { label: t('networks:summary.machine'), value: line.machine },
    { label: t('networks:summary.state'), value: line.running ? t('networks:summary.running') : t('networks:summary.off') },
    { label: t('networks:summary.network'), value: line.network ?? '–' },
    { label: t('networks:summary.kind'), value: kindText(t, line) },
    { label: 'MAC', value: line.mac ?? '–' },
    { label: t('networks:address'), value: addressText(t, line) },
    { label: t('networks:summary.from'), value: originText(t, line) || '–' },
    { label: t('networks:summary.gateway'), value: serverText(t, 'gatewayIs', line.gateway) },
    { label: 'DNS', value: serverText(t, 'dnsIs', line.dns) },
    { label: t('networks:summary.outside'), value: reachWord(t, line.outside) },
    { label: t('networks:summary.host'), value: reachWord(t, line.host) },
    { label: t('networks:summary.machines'), value: reachWord(t, line.machines) },
  ].map(({ label, value }) => ({ label, value: inOneLine(value) }))
}

/** What stands above the machines of a network: name, kind, subnets and their DHCP, none of them known of a machine's summary. */
function headOf(t: TFunction, network: Network): readonly Column[] {
  const subnets = network.addresses.map((one) => {
    const ranges = one.ranges.map(({ start, end }) => `${start} – ${end}`).join(', ')
    return `${subnetOf(one) ?? one.address} (${ranges === '' ? t('networks:noDhcp') : t('networks:summary.dhcp', { ranges })})`
  })
  return [
    { label: t('networks:summary.network'), value: inOneLine(network.name) },
    { label: t('networks:summary.kind'), value: t(`networks:kind.${network.kind}`) },
    { label: t('networks:summary.subnet'), value: subnets.join(', ') },
    { label: t('networks:bridge'), value: network.bridge ?? '' },
  ].filter(({ value }) => value !== '')
}

const asText = (columns: readonly Column[]): string => columns.map(({ label, value }) => `${label}: ${value}`).join('\n')

/** The summary in one of its forms; `network` where it is that of a whole network. */
export function summaryText(t: TFunction, lines: readonly SummaryLine[], form: SummaryForm, network: Network | null = null): string {
  const rows = lines.map((line) => columnsOf(t, line))
  const [first] = rows
  if (form === 'text' || !first) {
    const head = network ? [asText(headOf(t, network))] : []
    const none = first ? [] : [t('networks:summary.noMachine')]
    return [...head, ...rows.map(asText), ...none].join('\n\n')
  }
  const cells = [first.map(({ label }) => label), ...rows.map((row) => row.map(({ value }) => value))]
  if (form === 'tabs') return cells.map((row) => row.join('\t')).join('\n')
  const [head = [], ...body] = cells.map((row) => row.map((cell) => cell.replaceAll(/[\\|]/g, String.raw`\$&`)))
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
