import { useEffect, useMemo, useState } from 'react'
import type { DomainAddress, DomainSummary } from '../../../shared/model/domain.ts'
import type { Network, NetworkLease } from '../../../shared/model/network.ts'
import { displayName, isActive } from '../../../shared/model/domain-rules.ts'
import { hasDhcp } from '../../../shared/model/reach.ts'
import { call, on } from '../../api/client.ts'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import { addressesOn, isTold } from './leases.ts'
import { useMachinesOn } from './use-machines.ts'

/** As long as a machine that started is waited for; then it has an address of its own, or none. */
const PATIENCE = 120_000
const OFTEN = 2_000
const SELDOM = 30_000
/** So many machines are asked about by themselves. */
const MOST_ASKED = 40

export interface Live {
  readonly leases: readonly NetworkLease[]
  /** Why they could not be read. */
  readonly error: unknown
  /** Seconds since 1970. */
  readonly now: number
  /** The machines on the network, with their addresses as they are now. */
  readonly machines: readonly DomainSummary[]
  /** Names of running machines that DHCP has lent no address yet. */
  readonly waiting: readonly string[]
}

interface Read {
  readonly leases: readonly NetworkLease[]
  readonly error: unknown
  /** Addresses of this run of a machine, where it was asked about. */
  readonly asked: Readonly<Record<string, readonly DomainAddress[]>>
}

const runOf = (machine: DomainSummary): string => `${machine.uuid} ${machine.id}`

/**
 * Leases and addresses of a network while it is shown. No event announces them: they are read when opened, on focus, after the app's
 * own changes, after a machine on it started, stopped or moved, every 2 s while one of them waits for its address, and every 30 s.
 */
export function useLive(network: Network): Live {
  const listed = useMachinesOn(network)
  const [read, setRead] = useState<Read>({ leases: [], error: null, asked: {} })
  const now = useNow()
  const stale = useStale(network)
  const machines = useMemo(() => listed.map((one) => ({ ...one, addresses: read.asked[runOf(one)] ?? one.addresses })), [listed, read.asked])
  const running = machines.filter(isActive)
  const lends = network.active && hasDhcp(network)
  const waiting = lends ? running.filter((one) => addressesOn(network, one).length === 0) : []
  const patient = usePatience(running.map(runOf).join('|'))
  useRefreshWhileVisible(
    async () => setRead(await readLive(network, listed, read)),
    patient && read.error === null && waiting.length > 0 ? OFTEN : SELDOM,
    // an address that is new may be of a lease that came after the leases were read
    [network.connection, network.uuid, network.active, stale, ...machines.map((one) => `${runOf(one)} ${one.state} ${addressesOn(network, one).map(({ address }) => address).join(' ')}`)].join('|'),
  )
  return { leases: read.leases, error: read.error, now, machines, waiting: patient ? waiting.map(displayName) : [] }
}

async function readLive(network: Network, machines: readonly DomainSummary[], before: Read): Promise<Read> {
  const { connection, uuid } = network
  let { leases } = before
  let error: unknown = null
  try {
    leases = network.active ? await call('network.leases', { connection, uuid }) : []
  } catch (reason) {
    error = reason
  }
  const known = (one: DomainSummary): DomainSummary => ({ ...one, addresses: before.asked[runOf(one)] ?? one.addresses })
  const open = machines.filter((one) => isActive(one) && !isTold(network, known(one), leases)).slice(0, MOST_ASKED)
  const answers = await Promise.all(open.map((one) => call('domain.get', { connection, uuid: one.uuid }).catch(() => null)))
  const runs = new Set(machines.map(runOf))
  const kept = Object.entries(before.asked).filter(([run]) => runs.has(run))
  const fresh = answers.flatMap((one) => (one ? [[runOf(one), one.addresses] as const] : []))
  return { leases, error, asked: Object.fromEntries([...kept, ...fresh]) }
}

/** Counts what the app itself has changed of the network. */
function useStale({ connection, uuid }: Network): number {
  const [stale, setStale] = useState(0)
  useEffect(
    () =>
      on(
        'object.stale',
        (object) => object.uuid === uuid && object.connection === connection && setStale((count) => count + 1),
      ),
    [connection, uuid],
  )
  return stale
}

/** The time in seconds since 1970, told anew so often that what expires meanwhile is seen. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now() / 1000)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() / 1000), 10_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** True for a while after `what` became another. */
function usePatience(what: string): boolean {
  const [tired, setTired] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setTired(what), PATIENCE)
    return () => clearTimeout(timer)
  }, [what])
  return tired !== what
}
