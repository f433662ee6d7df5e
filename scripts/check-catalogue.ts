/**
 * Tries every address of the catalogue, for whoever has a network: `npm run check-catalogue`, or with words to try only
 * what they find (`npm run check-catalogue -- debian`). Asks each for its first byte. Ends with 1 where one of the
 * project's own fails.
 */
import { parseArgs } from 'node:util'
import { search } from '../electron/images/catalogue/search.ts'
import { allEntries, type KnownEntry } from '../electron/images/catalogue/entries.ts'
import { Http } from '../electron/images/downloads/http.ts'
import { findPublished } from '../electron/images/downloads/verify.ts'
import { systemDatabase } from '../electron/images/osinfo/database.ts'
import { toWireError } from '../shared/model/error.ts'

/** Publishers are asked by a few at a time. */
const AT_ONCE = 8

const { positionals, values } = parseArgs({ allowPositionals: true, options: { ended: { type: 'boolean', default: false } } })
const http = new Http({ connectMs: 10_000, silentMs: 20_000 })
const forever = new AbortController().signal

interface Tried {
  readonly entry: KnownEntry
  readonly address: string
  /** Null where it is there. */
  readonly problem: string | null
  readonly checksum: string
}

async function tryOne(entry: KnownEntry, address: string): Promise<Tried> {
  try {
    const { status, address: found } = await http.probe(address, forever)
    if (status !== 200 && status !== 206) return { entry, address, problem: `HTTP ${status}`, checksum: '' }
    const published = entry.featured ? await findPublished(http, entry.checksum, [found, address], forever) : null
    return { entry, address, problem: null, checksum: published?.algorithm ?? (entry.featured ? 'no checksum' : '') }
  } catch (problem) {
    const { code, detail } = toWireError(problem)
    return { entry, address, problem: [code, detail].filter(Boolean).join(': '), checksum: '' }
  }
}

const entries = allEntries(await systemDatabase(), { mirrors: [], entries: [] }, new Map())
const wanted = search(entries, { query: positionals.join(' '), ended: values.ended, otherArchitectures: true })
const addresses = wanted.flatMap((entry) => entry.addresses.map((address) => ({ entry, address })))
const failed: Tried[] = []
for (let index = 0; index < addresses.length; index += AT_ONCE) {
  const tried = await Promise.all(addresses.slice(index, index + AT_ONCE).map(({ entry, address }) => tryOne(entry, address)))
  for (const one of tried) process.stdout.write(`${one.problem === null ? 'ok  ' : 'GONE'} ${one.entry.name} ${one.address} ${one.problem ?? one.checksum}\n`)
  failed.push(...tried.filter((one) => one.problem !== null))
}
await http.close()
const own = failed.filter(({ entry }) => entry.featured)
process.stdout.write(`${addresses.length} addresses, ${failed.length} failed, ${own.length} of them the project's own\n`)
process.exitCode = own.length > 0 ? 1 : 0
