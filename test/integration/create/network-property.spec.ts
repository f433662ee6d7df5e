/** A sample of what test/soak tries at length. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { networkAround } from '../../../electron/create/new-network.ts'
import { target, withHostDevices } from './network-bench.ts'
import { acceptedPlan, tryOut } from './network-property.ts'

withHostDevices()

it('no plan that the form takes is refused by libvirt', async () => {
  const kinds = new Set<string>()
  const tried = fc.asyncProperty(acceptedPlan(await networkAround(target)), async (plan) => {
    kinds.add(plan.kind)
    await tryOut(plan)
  })
  // the same plans each time: npm run soak draws others
  await fc.assert(tried, { numRuns: 20, seed: 13, endOnFailure: true })
  expect(kinds.size).toBeGreaterThan(3)
})
