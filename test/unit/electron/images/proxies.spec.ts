import { describe, expect, test } from 'vitest'
import { environmentProxies } from '../../../../electron/images/downloads/proxies.ts'

describe('the proxies of the environment', () => {
  test.each([
    ['http://proxy:3128', 'http://proxy:3128/'],
    ['proxy.aula.es:3128', 'http://proxy.aula.es:3128/'],
    ['localhost:3128', 'http://localhost:3128/'],
    [' 10.0.0.1:8080 ', 'http://10.0.0.1:8080/'],
    ['HTTP://ana:p%40ss@proxy:1', 'http://ana:p%40ss@proxy:1/'],
    ['', ''],
    ['socks5://127.0.0.1:1080', ''],
    ['::', ''],
    ['http://', ''],
    ['not a proxy', ''],
  ])('%j is asked as %j', (given, asked) => {
    expect(environmentProxies({ http_proxy: given, HTTPS_PROXY: given })).toEqual({ httpProxy: asked, httpsProxy: asked })
  })

  test('one for all holds where none is named, and the small letters before the large', () => {
    expect(environmentProxies({ ALL_PROXY: 'all:1', https_proxy: 'own:2', HTTPS_PROXY: 'other:3' })).toEqual({ httpProxy: 'http://all:1/', httpsProxy: 'http://own:2/' })
  })
})
