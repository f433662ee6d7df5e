/** The connections that a person added, and what they changed about those that are there by nature: connections.json. */
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/model/error.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'

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
  /** Adds one, or replaces the one with its id. Errors: permission-denied (params.path). */
  put(connection: RememberedConnection): Promise<void>
  forget(id: string): Promise<void>
}

/** Reads the remembered connections; a broken file is set aside and the list starts empty. */
export async function openConnections(folder: string): Promise<ConnectionsStore> {
  const path = join(folder, 'connections.json')
  const read = await readJsonFile(path, schema)
  let stored = read.value ?? schema.parse({})
  let writing: Promise<unknown> = Promise.resolve()

  const replace = async (connections: z.infer<typeof entry>[]): Promise<void> => {
    stored = { ...stored, connections }
    const snapshot = stored
    const written = writing.then(() => writeJsonFile(path, snapshot))
    writing = written.catch(() => undefined)
    await written.catch((error: unknown) => {
      throw new AppError('permission-denied', { path }, error instanceof Error ? error.message : null)
    })
  }

  return {
    path,
    setAside: read.setAside,
    list: () => stored.connections,
    put: (connection) => {
      const known = stored.connections.some((other) => other.id === connection.id)
      return replace(
        known
          ? stored.connections.map((other) => (other.id === connection.id ? { ...other, ...connection } : other))
          : [...stored.connections, { ...connection }],
      )
    },
    forget: (id) => replace(stored.connections.filter((other) => other.id !== id)),
  }
}
