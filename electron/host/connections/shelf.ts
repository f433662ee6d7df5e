/** The objects of one kind as they were read last: whole, one by one, or only those that are new. */
import type { Target } from '../../libvirt/target.ts'
import type { KindReads } from './libvirt-reads.ts'
import { createReadQueue } from './read-queue.ts'

export interface Change<T> {
  /** The whole list is to be told: nobody has heard of it yet. */
  readonly whole: boolean
  readonly changed: readonly T[]
  /** UUIDs. */
  readonly gone: readonly string[]
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

  /** The next list is told whole. */
  startOver(): void {
    this.#listed = false
  }

  /** Reads every object. */
  all(): Promise<readonly T[]> {
    return this.#queue.read('all', async () => {
      const { target, reads } = this.#deps
      const found = await reads.some(target, await reads.uuids(target))
      const before = this.#items
      this.#items = new Map(found.map((one) => [one.uuid, one]))
      this.#told(before)
      return found
    })
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
    const changed = this.items.filter((one) => !same(before.get(one.uuid), one))
    const gone = [...before.keys()].filter((uuid) => !this.#items.has(uuid))
    if (whole || changed.length > 0 || gone.length > 0) this.#deps.tell({ whole, changed, gone })
  }
}
