/** What the test and the process that stands in for Electron's main process say to each other. */

/** Who calls over a channel, as Electron tells its main process. */
export interface Sender {
  /** The app's window, or other contents that came about somehow. */
  readonly contents: 'window' | 'other'
  /** A frame that is gone by the time of the call is null. */
  readonly frame: 'main' | 'sub' | null
  /** Address that the frame shows. */
  readonly url: string
}

export type Question =
  | { readonly ask: 'invoke'; readonly channel: string; readonly values: readonly unknown[]; readonly sender: Sender }
  /** The person closes the window; answers whether it closed. */
  | { readonly ask: 'close-window' }
  /** The same, without closing it: whether nobody objects. */
  | { readonly ask: 'may-close' }
  /** A page of the app's scheme. */
  | { readonly ask: 'fetch'; readonly url: string; readonly method: string }
  /** Whether a request to an address is made at all. */
  | { readonly ask: 'reach'; readonly url: string }
  | { readonly ask: 'menu' }
  | { readonly ask: 'choose'; readonly id: string }
  /** The app is started a second time. */
  | { readonly ask: 'second-instance' }
  | { readonly ask: 'made' }

export interface FetchAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

export interface MenuEntry {
  readonly id: string | undefined
  readonly label: string | undefined
  readonly enabled: boolean
  readonly submenu: readonly MenuEntry[]
}

/** What the bundle did with Electron while it started. */
export interface Made {
  readonly webPreferences: Readonly<Record<string, unknown>>
  readonly userData: string | undefined
  readonly switches: readonly (readonly string[])[]
  readonly privileged: unknown
  readonly focused: number
}

/** From the test: a question with its number. */
export interface Asked {
  readonly id: number
  readonly question: Question
}

/** To the test. */
export type Told =
  | { readonly kind: 'ready'; readonly preload: string; readonly url: string }
  | { readonly kind: 'event'; readonly channel: string; readonly values: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string }
