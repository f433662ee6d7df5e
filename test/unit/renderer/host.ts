/** A host that answers as a test says, and an empty store. */
import { connectTransport } from '../../../renderer/api/client.ts'
import { Listeners, type LinkState, type Transport } from '../../../renderer/api/transport.ts'
import { appStore } from '../../../renderer/stores/app-store.ts'
import { emptyData } from '../../../renderer/stores/updates.ts'
import type {
  EventEnvelope,
  EventName,
  Events,
  Input,
  Output,
  RequestName,
  Result,
} from '../../../shared/contract/index.ts'
import { toWireError } from '../../../shared/model/error.ts'

type Answers = { readonly [N in RequestName]?: (input: Input<N>) => Output<N> | Promise<Output<N>> }

/** A host on a link of its own: answers what a test gave answers for, keeps what was asked, tells events. */
export class TestHost implements Transport {
  readonly asked: { readonly name: string; readonly input: unknown }[] = []
  readonly #answers: Answers
  readonly #events = new Listeners<EventEnvelope>()
  readonly #links = new Listeners<LinkState>()

  constructor(answers: Answers = {}) {
    this.#answers = answers
  }

  async call(name: string, input: unknown): Promise<Result<unknown>> {
    this.asked.push({ name, input })
    const answer = this.#answers[name as RequestName] as ((input: unknown) => unknown) | undefined
    try {
      if (!answer) throw new Error(`the test has no answer for ${name}`)
      return { ok: true, value: await answer(input) }
    } catch (error) {
      return { ok: false, error: toWireError(error) }
    }
  }

  onEvent(listener: (envelope: EventEnvelope) => void): () => void {
    return this.#events.add(listener)
  }

  onLink(listener: (state: LinkState) => void): () => void {
    return this.#links.add(listener)
  }

  tell<N extends EventName>(event: N, payload: Events[N]): void {
    this.#events.tell({ event, payload })
  }

  link(state: LinkState): void {
    this.#links.tell(state)
  }

  /** Names of the requests so far. */
  get names(): readonly string[] {
    return this.asked.map((one) => one.name)
  }
}

/** The page's requests go to this host from now on. */
export function withHost(answers: Answers = {}): TestHost {
  const host = new TestHost(answers)
  connectTransport(host)
  return host
}

/** The store as it is before the host has answered. */
export function resetStore(): void {
  appStore.setState({ ...appStore.getInitialState(), ...emptyData })
}

/** Lets what has been answered be taken up. */
export async function answered(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
