import { describe, expect, it } from 'vitest'
import { isOwnUrl, ORIGIN, PAGE } from '../../../../electron/app/origin.ts'

describe('the app’s own page', () => {
  it('is under its own scheme', () => {
    expect(PAGE).toBe('vivero://app/index.html')
    expect(ORIGIN).toBe('vivero://app')
  })

  it.each([PAGE, `${PAGE}#/machines`, 'vivero://app/assets/main-abc.js', 'vivero://app/', 'vivero://app', 'VIVERO://app/index.html'])(
    'is %s',
    (url) => expect(isOwnUrl(url)).toBe(true),
  )

  it.each([
    'vivero://other/index.html',
    'vivero://app.evil.example/',
    'vivero://app:8080/',
    'vivero://app@evil.example/',
    'vivero://user@app/',
    'vivero://user:word@app/',
    'vivero:app',
    'vivero2://app/',
    'https://app/index.html',
    'http://127.0.0.1/',
    'file:///app/index.html',
    'about:blank',
    'data:text/html,vivero://app/',
    'javascript:0',
    '',
    'app',
  ])('is not %s', (url) => expect(isOwnUrl(url)).toBe(false))
})
