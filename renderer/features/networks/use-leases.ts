import { useEffect, useState } from 'react'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network, NetworkLease } from '../../../shared/model/network.ts'
import { displayName, isActive } from '../../../shared/model/domain-rules.ts'
import { isPluggedInto } from '../../../shared/model/network-machines.ts'
import { hasDhcp } from '../../../shared/model/reach.ts'
import { call, on } from '../../api/client.ts'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import type { LeasesNow } from './diagram/scene.ts'
import { currentAddresses } from './leases.ts'
import { useMachinesOn } from './use-machines.ts'

/** As long as a machine that started is waited for; then it has an address of its own, or none. */
const PATIENCE = 120_000
const OFTEN = 2_000
const SELDOM = 30_000

export interface Leases extends LeasesNow {
  readonly error: unknown
  /** Names of running machines that DHCP has lent no address yet. */
  readonly waiting: readonly string[]
}

/**
 * The leases of a network while it is shown. No event announces them: they are read when opened, on focus, after the app's own changes,
 * after a machine on it started, stopped or moved, every 2 s while one of them waits for its address, and every 30 s.
 */
export function useLeases(network: Network): Leases {
  const { connection, uuid, active } = network
  const lends = active && hasDhcp(network)
  const machines = useMachinesOn(network)
  const [leases, setLeases] = useState<readonly NetworkLease[]>([])
  const [error, setError] = useState<unknown>(null)
  const now = useNow()
  const stale = useStale(network)
  const running = machines.filter(isActive)
  const signature = machines.map((one) => `${one.uuid} ${one.state} ${one.addresses.map(({ address }) => address).join()}`).join('|')
  const macsOf = (one: DomainSummary): readonly (string | null)[] => one.cards.filter((card) => isPluggedInto(card, network)).map((card) => card.mac)
  const waitingFor = lends ? running.filter((one) => currentAddresses(leases, macsOf(one), now).length === 0) : []
  const patient = usePatience(running.map((one) => `${one.uuid} ${one.id}`).join('|'))
  useRefreshWhileVisible(
    async () => {
      if (!active) return setLeases([])
      try {
        setLeases(await call('network.leases', { connection, uuid }))
        setError(null)
      } catch (reason) {
        setError(reason)
      }
    },
    patient && error === null && waitingFor.length > 0 ? OFTEN : SELDOM,
    `${connection}|${uuid}|${active}|${stale}|${signature}`,
  )
  return { leases, now, error, waiting: patient ? waitingFor.map(displayName) : [] }
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
