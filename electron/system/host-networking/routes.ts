import type { HostRoute } from '../../../shared/model/host-networking.ts'

/** Rows of `ip -j route`, the default routes as "default". What leads nowhere (blackhole, unreachable) has no device. */
export function readRoutes(rows: readonly unknown[]): HostRoute[] {
  return rows.flatMap((row): HostRoute[] => {
    if (typeof row !== 'object' || row === null || !('dst' in row) || typeof row.dst !== 'string') return []
    if (!('dev' in row) || typeof row.dev !== 'string') return []
    return [{ destination: withPrefix(row.dst), device: row.dev }]
  })
}

/** Devices with routes that a router has advertised: those expire. */
export function advertisedBy(rows: readonly unknown[]): string[] {
  const found = rows.flatMap((row): string[] => {
    if (typeof row !== 'object' || row === null || !('protocol' in row) || row.protocol !== 'ra' || !('expires' in row)) return []
    return 'dev' in row && typeof row.dev === 'string' ? [row.dev] : []
  })
  return [...new Set(found)]
}

/** ip leaves the prefix of a single address out. */
function withPrefix(destination: string): string {
  if (destination === 'default' || destination.includes('/')) return destination
  return `${destination}/${destination.includes(':') ? 128 : 32}`
}
