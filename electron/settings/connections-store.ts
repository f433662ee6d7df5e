/** The connections that a person added, and what they changed about those that are there by nature: connections.json. */
import { join } from 'node:path'
import { z } from 'zod'
import { keepInFile, readJsonFile } from './json-file.ts'

const entry = z.looseObject({
  id: z.string().min(1).max(200),
  uri: z.string().min(1).max(2_000),
  name: z.string().max(200).nullable().default(null),
  autoconnect: z.boolean().default(false),
})
const schema = z.looseObject({ connections: z.array(entry).default([]) })

export interface RememberedConnection {
  readonly id: string
  readonly uri: string
  readonly name: string | null
  readonly autoconnect: boolean
}

export interface ConnectionsStore {
  readonly path: string
  readonly setAside: string | null
  list(): readonly RememberedConnection[]
  /** Adds one, or replaces the one with its id. Errors: disk-full, permission-denied (params.path). */
  put(connection: RememberedConnection): Promise<void>
  forget(id: string): Promise<void>
}

/** Reads the remembered connections; a broken file is set aside and the list starts empty. */
export async function openConnections(folder: string): Promise<ConnectionsStore> {
  const path = join(folder, 'connections.json')
  const read = await readJsonFile(path, schema)
  const kept = keepInFile(path, schema, read.value ?? schema.parse({}))
  type Entry = z.infer<typeof entry>
  const change = async (next: (connections: readonly Entry[]) => Entry[]): Promise<void> => {
    await kept.change((stored) => ({ ...stored, connections: next(stored.connections) }))
  }

  return {
    path,
    setAside: read.setAside,
    list: () => kept.get().connections,
    put: (connection) =>
      change((connections) => {
        const known = connections.some((other) => other.id === connection.id)
        if (!known) return [...connections, { ...connection }]
        return connections.map((other) => (other.id === connection.id ? { ...other, ...connection } : other))
      }),
    forget: (id) => change((connections) => connections.filter((other) => other.id !== id)),
  }
}
