/** Whatever the form of a network takes, libvirt takes: other plans each time. VIVERO_SEED repeats a run. */
import fc from 'fast-check'
import { test } from 'vitest'
import { networkAround } from '../../electron/create/new-network.ts'
import { target, withHostDevices } from '../integration/create/network-bench.ts'
import { acceptedPlan, tryOut } from '../integration/create/network-property.ts'

withHostDevices()

/** As many plans take some minutes. */
const PLANS = Number(process.env['VIVERO_PLANS'] ?? 400)

test('no plan that the form of a network takes is refused by libvirt', async () => {
  const seed = process.env['VIVERO_SEED']
  const tried = fc.asyncProperty(acceptedPlan(await networkAround(target)), tryOut)
  await fc.assert(tried, { numRuns: PLANS, endOnFailure: true, ...(seed === undefined ? {} : { seed: Number(seed) }) })
}, 1_800_000)
