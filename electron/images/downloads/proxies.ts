/** The proxies of the environment, as curl reads them: one without a scheme is asked by http. https://curl.se/docs/manpage.html#ENVIRONMENT */

interface Proxies {
  readonly httpProxy: string
  readonly httpsProxy: string
}

/** What is no proxy of http is none at all: an app that does not start would be the worse answer. */
export function environmentProxies(env: Readonly<Record<string, string | undefined>> = process.env): Proxies {
  const one = (...names: readonly string[]): string => proxyAddress(names.map((name) => env[name]?.trim()).find(Boolean) ?? '')
  const all = ['all_proxy', 'ALL_PROXY']
  // "" says that there is none; undici would read the variable itself otherwise
  return { httpProxy: one('http_proxy', 'HTTP_PROXY', ...all), httpsProxy: one('https_proxy', 'HTTPS_PROXY', ...all) }
}

/** An address that undici takes, or "". */
function proxyAddress(text: string): string {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.canParse(address) ? new URL(address) : null
  return url && ['http:', 'https:'].includes(url.protocol) && url.hostname !== '' ? url.href : ''
}
