/** A sample of what test/soak tries at length. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { networkAround } from '../../../electron/create/new-network.ts'
import { clear } from './support.ts'
import { clearNetworks, device, target } from './network-bench.ts'
import { acceptedPlan, tryOut } from './network-property.ts'

const undo: (() => void)[] = []
beforeAll(() => {
  clear()
  clearNetworks()
  undo.push(device('ph0', 'type', 'veth', 'peer', 'name', 'ph1'), device('br0', 'type', 'bridge'))
})
afterAll(() => {
  clearNetworks()
  for (const one of undo.reverse()) one()
})

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
