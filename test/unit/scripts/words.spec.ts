import { describe, expect, it } from 'vitest'
import { chooseLanguage, fill, translator } from '../../../scripts/setup/words.mjs'

describe('the language of the commands', () => {
  it.each([
    [{ LC_ALL: 'es_ES.UTF-8', LANG: 'en_GB.UTF-8' }, 'es'],
    [{ LC_ALL: '', LC_MESSAGES: 'es_MX', LANG: 'de_DE' }, 'es'],
    [{ LC_MESSAGES: 'C.UTF-8', LANG: 'es_ES.UTF-8' }, 'en'],
    [{ LANG: 'ES' }, 'es'],
    [{ LANG: 'et_EE.UTF-8' }, 'en'],
    [{ LANG: 'fr_FR.UTF-8' }, 'en'],
    [{}, 'en'],
  ] as const)('of %j is %s', (env, language) => {
    expect(chooseLanguage(env)).toBe(language)
  })
})

describe('the words of the commands', () => {
  it('take their parameters, and show one that is not given', () => {
    expect(fill('{{a}} of {{b}}, {{a}}', { a: 1, b: 'two' })).toBe('1 of two, 1')
    expect(fill('{{a}} {{b}}', { a: '$& {{b}}' })).toBe('$& {{b}} {{b}}')
  })

  it('come from the file of each language', () => {
    expect(translator('en')('setup:packages.installing', { name: 'libvirt0', percent: 7 })).toBe(
      'installing libvirt0, 7 %',
    )
    expect(translator('es')('setup:packages.installing', { name: 'libvirt0', percent: 7 })).toBe(
      'instalando libvirt0, 7 %',
    )
    expect(translator('es')('setup:nothing.such')).toBe('setup:nothing.such')
  })
})
