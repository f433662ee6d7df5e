import { PNG } from 'pngjs'

/** How many different colours a PNG has: 1 is an empty screen. */
export function colours(png: Buffer): number {
  const { data } = PNG.sync.read(png)
  const seen = new Set<number>()
  for (let at = 0; at < data.length; at += 4) seen.add(data.readUInt32BE(at))
  return seen.size
}
