import { expect, it } from 'vitest'
import { handlers } from '../../electron/host/handlers/index.ts'
import { requests } from '../../shared/contract/index.ts'
import { requestNames } from '../../shared/contract/names.ts'

it('the list of names for the preload is the contract, each once', () => {
  expect([...requestNames].sort()).toEqual(Object.keys(requests).sort())
})

it('every request has its handler, and no handler is without a request', () => {
  expect(Object.keys(handlers).sort()).toEqual(Object.keys(requests).sort())
})

it('names are noun.verb', () => {
  for (const name of requestNames) expect(name).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)
})
