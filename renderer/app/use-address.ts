import type { BaseLocationHook } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { href } from './paths.ts'

/**
 * The page that the address names, without what it asks for over that page (`?dialog=…`): view.ts takes that out, but a
 * drawing may come between a new address and the event that tells of it.
 */
export const useAddress: BaseLocationHook = () => {
  const [address, navigate] = useHashLocation()
  return [address.split('?', 1)[0] ?? '', navigate]
}
useAddress.hrefs = href
