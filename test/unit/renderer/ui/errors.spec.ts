import type { TFunction } from 'i18next'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { errorRemedy, errorTitle, wireErrorOf } from '../../../../renderer/ui/error-text.ts'
import { hideNotice, showDone, showError, showNotice } from '../../../../renderer/ui/notices.tsx'
import { AppError, errorCodes, toWireError } from '../../../../shared/model/error.ts'
import { noticeTitles, resetPage } from '../page.ts'
import { speak } from '../words.ts'

let t: TFunction
beforeAll(async () => {
  t = await speak('en')
})
beforeEach(resetPage)

const wire = (...given: ConstructorParameters<typeof AppError>) => toWireError(new AppError(...given))

describe('an error', () => {
  it('is the same, thrown or sent over the contract', () => {
    const sent = wire('name-taken', { name: 'x' }, 'detail', [{ name: 'retry' }])
    expect(wireErrorOf(new AppError('name-taken', { name: 'x' }, 'detail', [{ name: 'retry' }]))).toEqual(sent)
    expect(wireErrorOf(sent)).toBe(sent)
  })

  it('that nobody foresaw is one of ours, with its text as the detail', () => {
    expect(wireErrorOf(new TypeError('x is not a function'))).toMatchObject({
      code: 'internal',
      detail: 'x is not a function',
    })
    expect(wireErrorOf('text')).toMatchObject({ code: 'internal', detail: 'text' })
    expect(wireErrorOf(null)).toMatchObject({ code: 'internal' })
  })

  it.each(errorCodes)('%s has a sentence', (code) => {
    expect(errorTitle(t, wire(code, { name: 'x', path: '/x' }))).not.toContain('errors:')
  })

  it('writes sizes as sizes', () => {
    const told = ((_key: string, params: object) => params) as unknown as TFunction
    expect(errorTitle(told, wire('disk-full', { freeBytes: 3 * 1024 ** 3, count: 3_221_225_472 }))).toEqual({
      freeBytes: '3\u00a0GiB',
      count: 3_221_225_472,
    })
  })

  it('of a plan found wanting is what was found, without a remedy of its own', () => {
    const error = wire('invalid-input', { finding: 'name-taken', name: 'debian' })
    expect(errorTitle(t, error)).toBe(t('findings:name-taken', { name: 'debian' }))
    expect(errorRemedy(t, error)).toBe('')
    expect(errorTitle(t, wire('invalid-input'))).toBe(t('errors:invalid-input.title'))
  })
})

describe('notices', () => {
  it('show an error once, however often it comes', () => {
    showError(new AppError('name-taken', { name: 'x' }))
    showError(new AppError('name-taken', { name: 'x' }))
    expect(noticeTitles()).toEqual([errorTitle(t, wire('name-taken', { name: 'x' }))])
  })

  it('say nothing of what a person cancelled', () => {
    showError(new AppError('cancelled'))
    expect(noticeTitles()).toEqual([])
  })

  it('put what was tried before the sentence', () => {
    showError(new AppError('busy', { name: 'x' }), { title: 'The picture was not taken.' })
    expect(noticeTitles()).toEqual([`The picture was not taken. ${errorTitle(t, wire('busy', { name: 'x' }))}`])
  })

  it('go when they are taken back', () => {
    showDone('done')
    const id = showNotice('note', 'text', { id: 'mine', stay: true })
    expect([id, noticeTitles()]).toEqual(['mine', ['done', 'note']])
    hideNotice('mine')
    expect(noticeTitles()).toEqual(['done'])
  })
})
