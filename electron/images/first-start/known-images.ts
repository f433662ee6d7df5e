/** Images that everybody can log in to, and what they make of a seed. */

interface KnownImage {
  /** Start of libosinfo's ids of the system, which end with the version. */
  readonly system: string
  /** Newest first: since this version. */
  readonly logins: readonly { readonly since: string; readonly user: string; readonly password: string }[]
  /** What it does with a seed: `findings:first-start-<ignores>` says what it leaves out. */
  readonly ignores: string
}

const known: readonly KnownImage[] = [
  {
    // https://github.com/cirros-dev/cirros: the password is shown above the login since 0.4.0
    system: 'http://cirros-cloud.net/cirros/',
    logins: [
      { since: '0.4.0', user: 'cirros', password: 'gocubsgo' },
      { since: '0', user: 'cirros', password: 'cubswin:)' },
    ],
    ignores: 'cirros',
  },
]

const imageOf = (osId: string | null): KnownImage | undefined => known.find((image) => osId?.startsWith(image.system))
const order = new Intl.Collator('en', { numeric: true })

/**
 * How to log in to an image as it comes: `findings:first-start-<code>` with its parameters. Names of files seldom tell
 * versions, so that the password of the other versions is among them. Null where nobody knows.
 */
export function knownLogin(osId: string | null): { readonly code: string; readonly params: Readonly<Record<string, string>> } | null {
  const logins = imageOf(osId)?.logins ?? []
  const version = osId?.split('/').at(-1) ?? ''
  const at = logins.findIndex(({ since }) => order.compare(version, since) >= 0)
  const login = logins[at]
  if (!login) return null
  const { user, password } = login
  const [newer, older] = [logins[at - 1], logins[at + 1]]
  if (newer) return { code: 'login-since', params: { user, password, since: newer.since, other: newer.password } }
  if (older) return { code: 'login-before', params: { user, password, since: login.since, other: older.password } }
  return { code: 'login', params: { user, password } }
}

/** The code of what is said about a system that does not do all that a seed asks for; null where it does. */
export const knownLimits = (osId: string | null): string | null => imageOf(osId)?.ignores ?? null
