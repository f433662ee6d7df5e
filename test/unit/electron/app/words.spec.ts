import { describe, expect, it } from 'vitest'
import { languageOf, wordsIn } from '../../../../electron/app/words.ts'

describe('words of the native parts', () => {
  it('follow the settings, else the system', () => {
    expect(languageOf({ language: 'es' }, { LANG: 'en_GB.UTF-8' })).toBe('es')
    expect(languageOf({ language: 'en' }, { LANG: 'es_ES.UTF-8' })).toBe('en')
    expect(languageOf({ language: 'system' }, { LANG: 'es_ES.UTF-8' })).toBe('es')
    expect(languageOf({ language: 'system' }, { LC_ALL: 'C', LANG: 'es_ES.UTF-8' })).toBe('en')
    expect(languageOf({ language: 'system' }, {})).toBe('en')
  })

  it('are there in both languages, side by side', () => {
    const english = wordsIn('en')
    const spanish = wordsIn('es')
    expect([english('app:native.quit'), spanish('app:native.quit')]).toEqual(['Quit', 'Salir'])
    expect(spanish('app:action.new-machine')).toBe('Nueva máquina virtual…')
    expect(english('common:open')).toBe('Open')
  })

  it('change nothing in what they are given: no page is drawn from them', () => {
    expect(wordsIn('en')('setup:serve.noPages', { folder: '/<b>&"' })).toContain('/<b>&"')
  })
})
