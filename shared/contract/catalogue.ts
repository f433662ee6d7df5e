import { z } from 'zod'
import type { CatalogueAnswer, CatalogueSettings, CatalogueSource, LibraryImage } from '../model/catalogue.ts'
import { call, nothing, pathText, shortText } from './define.ts'

const addressText = z.string().min(1).max(4_000)
const login = z.strictObject({ user: shortText, password: shortText })

/** An entry as files and settings write it. */
export const catalogueSource = z.strictObject({
  id: shortText,
  name: shortText,
  variant: shortText.optional(),
  vendor: shortText.optional(),
  arch: shortText,
  kind: z.enum(['cloud-image', 'iso', 'live']),
  released: z.iso.date().optional(),
  endOfLife: z.iso.date().optional(),
  addresses: z.array(addressText).min(1).max(10).readonly(),
  checksum: addressText.optional(),
  pages: z.array(addressText).max(10).readonly().default([]),
  sizeBytes: z.int().min(0).optional(),
  osId: shortText.optional(),
  login: login.optional(),
  cloudInit: z.enum(['full', 'partial', 'none']).optional(),
}) satisfies z.ZodType<CatalogueSource>

export const catalogueSettings = z.strictObject({
  mirrors: z.array(z.strictObject({ from: addressText, to: addressText })).max(100).readonly(),
  entries: z.array(catalogueSource).max(500).readonly(),
}) satisfies z.ZodType<CatalogueSettings>

export const catalogueRequests = {
  /** Images with an address in which every word is found: own entries first, then the newest. */
  'catalogue.search': call(
    z.strictObject({ query: z.string().max(200), limit: z.int().min(1).max(1_000), ended: z.boolean(), otherArchitectures: z.boolean() }),
  )<CatalogueAnswer>(),
  /**
   * Starts the job that fetches an entry, or whatever lies at an address, into the library; of one that is being fetched
   * the job that there is. An address beside an entry stands for the entry's own. Its result carries `path`.
   * Errors: not-found, address-invalid, already-exists (params.path).
   */
  'download.start': call(z.strictObject({ entry: shortText.nullable(), address: addressText.nullable() }))<{ readonly job: string }>(),
  /** What was fetched, newest first. */
  'library.list': call(nothing)<{ readonly folder: string; readonly images: readonly LibraryImage[] }>(),
  /** Removes images that nothing stands on. Answers what was kept, with who needs it. */
  'library.remove': call(z.strictObject({ paths: z.array(pathText).max(10_000) }))<{
    readonly removed: readonly string[]
    readonly kept: readonly { readonly path: string; readonly names: readonly string[] }[]
  }>(),
}
