/**
 * Loads the page again where a part of it did not arrive. Chromium drops whatever it is loading when a network of the
 * host comes or goes (ERR_NETWORK_CHANGED), also from the loopback address: a virtual network that starts is enough.
 * Not a part of the bundle, which may be the very thing that is missing.
 */
{
  const LOADS = 'vivero-loads'
  const LIMIT = 5
  const loads = Number(sessionStorage.getItem(LOADS) ?? 0)
  let lacking = false
  const again = () => {
    if (lacking || loads >= LIMIT) return
    lacking = true
    sessionStorage.setItem(LOADS, String(loads + 1))
    setTimeout(() => location.reload(), 300 * (loads + 1))
  }
  const isPart = (element) => element instanceof HTMLScriptElement || element instanceof HTMLLinkElement
  addEventListener('error', ({ target }) => isPart(target) && again(), true)
  // A page or dialog that is loaded when it is opened: https://vite.dev/guide/build#load-error-handling
  addEventListener('vite:preloadError', again)
  addEventListener('load', () => lacking || sessionStorage.removeItem(LOADS))
}
