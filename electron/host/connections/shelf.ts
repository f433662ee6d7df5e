/** The objects of one kind as they were read last: whole, one by one, or only those that are new. */
import type { Target } from '../../libvirt/target.ts'
import type { KindReads, Listening } from './libvirt-reads.ts'
import { createReadQueue } from './read-queue.ts'

export interface Change<T> {
  /** The whole list is to be told: nobody has heard of it yet. */
  readonly whole: boolean
  readonly changed: readonly T[]
  /** UUIDs. */
  readonly gone: readonly string[]
}

/** Whoever waits for the first list, and for all of it. */
export interface Reading {
  /** Every object is known, perhaps not completely yet. */
  readonly listed: Promise<void>
  readonly complete: Promise<void>
}

export interface ShelfDependencies<T> {
  readonly target: Target
  readonly reads: KindReads<T>
  /** Called where something differs, and after the first list. */
  tell(change: Change<T>): void
}

interface Named {
  readonly uuid: string
  readonly name: string
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

export class Shelf<T extends Named> {
  #items = new Map<string, T>()
  #listed = false
  #complete = false
  #onListed: (() => void) | null = null
  readonly #ended = new AbortController()
  readonly #queue = createReadQueue()
  readonly #deps: ShelfDependencies<T>

  constructor(deps: ShelfDependencies<T>) {
    this.#deps = deps
  }

  get items(): readonly T[] {
    return [...this.#items.values()]
  }

  get(uuid: string): T | undefined {
    return this.#items.get(uuid)
  }

  named(name: string): T | undefined {
    return this.items.find((one) => one.name === name)
  }

  /** Whether all that is there has been read, and completely. */
  get complete(): boolean {
    return this.#complete
  }

  /** Reads every object, and tells the list whole. */
  begin(): Reading {
    this.#listed = false
    const told = new Promise<void>((resolve) => (this.#onListed = resolve))
    const complete = this.all().then(() => undefined)
    const listed = Promise.race([told, complete])
    listed.catch(() => undefined) // whoever waits for all of it is told too
    return { listed, complete }
  }

  /** What is being read is not wanted any more. */
  end(): void {
    this.#ended.abort()
  }

  /** Reads every object. */
  all(): Promise<readonly T[]> {
    return this.#queue.read('all', async () => {
      const { target, reads } = this.#deps
      const found = reads.all ? await reads.all(target, this.#listening()) : await reads.some(target, await reads.uuids(target))
      const before = this.#items
      this.#items = new Map(found.map((one) => [one.uuid, one]))
      this.#complete = true
      this.#told(before)
      return found
    })
  }

  /** What comes while all are read. Rows that are not complete are of use only where nothing is known. */
  #listening(): Listening<T> {
    const take = (some: readonly T[]): void => {
      const before = new Map(this.#items)
      for (const one of some) this.#items.set(one.uuid, one)
      this.#told(before)
    }
    return {
      onRows: (rows) => (this.#listed ? undefined : take(rows)),
      onSome: (some) => (this.#listed ? take(some) : undefined),
      signal: this.#ended.signal,
    }
  }

  /** Reads one object; null where libvirt does not know it (any more). */
  one(uuid: string): Promise<T | null> {
    return this.#queue.read(uuid, async () => {
      const [found] = await this.#deps.reads.some(this.#deps.target, [uuid])
      const before = new Map(this.#items)
      if (found) this.#items.set(uuid, found)
      else this.#items.delete(uuid)
      this.#told(before)
      return found ?? null
    })
  }

  /** Finds out which objects are there, and reads those that were not; answers them. */
  news(): Promise<readonly T[]> {
    return this.#queue.read('news', async () => {
      const { target, reads } = this.#deps
      const uuids = new Set(await reads.uuids(target))
      const found = await reads.some(target, [...uuids].filter((uuid) => !this.#items.has(uuid)))
      const before = this.#items
      this.#items = new Map([...this.items.filter((one) => uuids.has(one.uuid)), ...found].map((one) => [one.uuid, one]))
      this.#told(before)
      return found
    })
  }

  #told(before: ReadonlyMap<string, T>): void {
    const whole = !this.#listed
    this.#listed = true
    this.#onListed?.()
    const changed = this.items.filter((one) => !same(before.get(one.uuid), one))
    const gone = [...before.keys()].filter((uuid) => !this.#items.has(uuid))
    if (whole || changed.length > 0 || gone.length > 0) this.#deps.tell({ whole, changed, gone })
  }
}
