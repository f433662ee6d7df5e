/** The app's own scheme: its page is `vivero://app/index.html`, and nothing else has that origin. */
export const SCHEME = 'vivero'
/** As the page's WebSockets name it in their Origin header. */
export const ORIGIN = `${SCHEME}://app`
export const PAGE = `${ORIGIN}/index.html`

/** Whether an address is one of the app's own page. */
export function isOwnUrl(url: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(url)
    return protocol === `${SCHEME}:` && host === 'app' && username === '' && password === ''
  } catch {
    return false
  }
}
