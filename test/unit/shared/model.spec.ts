import { describe, expect, it } from 'vitest'
import { requests } from '../../../shared/contract/index.ts'
import { complete, requestNames } from '../../../shared/contract/names.ts'
import en from '../../../shared/i18n/en/app.json' with { type: 'json' }
import connections from '../../../shared/i18n/en/connections.json' with { type: 'json' }
import { pickLanguage } from '../../../shared/i18n/index.ts'
import { connectionActions, isConnectionAction, preferredOf, whyNotConnection } from '../../../shared/model/connection-rules.ts'
import type { ConnectionState } from '../../../shared/model/connection.ts'
import { AppError, toWireError } from '../../../shared/model/error.ts'
import { menuKey, menuSections, shortcuts } from '../../../shared/model/menu.ts'
import { exampleConnection } from '../examples.ts'

describe('the names of the contract', () => {
  it('are those of its requests, each once', () => {
    expect(complete).toBe(true)
    expect([...requestNames].toSorted()).toEqual(Object.keys(requests).toSorted())
    expect(new Set(requestNames).size).toBe(requestNames.length)
    for (const name of requestNames) expect(name).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)
  })

  it('take no field that the contract does not know', () => {
    for (const name of requestNames) expect(requests[name].input.safeParse({ unheardOf: 1 }).success, name).toBe(false)
  })
})

describe('the menu', () => {
  const items = menuSections.flatMap((section) => section.items).filter((item) => item !== 'separator')

  it('has each action once, with a word', () => {
    expect(new Set(items).size).toBe(items.length)
    for (const item of items) expect(en.action, item).toHaveProperty(item)
    for (const { id } of menuSections) expect(en.menu).toHaveProperty(id)
  })

  it('begins and ends with no line, and has no two in a row', () => {
    for (const { items: list } of menuSections) {
      expect([list[0], list.at(-1)]).not.toContain('separator')
      expect(list.some((item, index) => item === 'separator' && list[index + 1] === 'separator')).toBe(false)
    }
  })

  it('has keys for actions of the menu alone, each key once, as Electron writes them', () => {
    const keys = Object.values(shortcuts).flat()
    expect(Object.keys(shortcuts).filter((action) => !items.some((item) => item === action))).toEqual([])
    expect(new Set([...keys, menuKey]).size).toBe(keys.length + 1)
    for (const key of keys) expect(key).toMatch(/^((Ctrl|Alt|Shift)\+)*([A-Z,]|F\d+)$/)
  })
})

describe('what can be done with a connection', () => {
  const why = (action: (typeof connectionActions)[number], state: ConnectionState, removable = true) => whyNotConnection(action, { state, removable })

  it.each([
    ['disconnected', [null, 'not-connected', null]],
    ['failed', [null, 'not-connected', null]],
    ['connecting', ['already-connected', null, 'disconnect-first']],
    ['connected', ['already-connected', null, 'disconnect-first']],
    ['reconnecting', [null, null, 'disconnect-first']],
  ] as const)('that is %s', (state, [connect, disconnect, remove]) => {
    expect([why('connect', state), why('disconnect', state), why('remove-connection', state)]).toEqual([connect, disconnect, remove])
    expect([why('add-connection', state), why('connection-details', state)]).toEqual([null, null])
  })

  it('that is there by nature, or not there at all', () => {
    expect(why('remove-connection', 'disconnected', false)).toBe('not-removable')
    expect(connectionActions.map((action) => whyNotConnection(action, undefined))).toEqual([null, 'no-connection', 'no-connection', 'no-connection', 'no-connection'])
    for (const reason of ['no-connection', 'already-connected', 'not-connected', 'not-removable', 'disconnect-first']) expect(connections.why).toHaveProperty(reason)
    expect(['connect', 'search', ''].map(isConnectionAction)).toEqual([true, false, false])
  })
})

describe('the connection that new work goes to', () => {
  const list = (...states: ConnectionState[]) => states.map((state, index) => exampleConnection(`c${index}`, { state }))

  it('is that of the settings, else the environment’s, among those that are connected', () => {
    const all = list('connected', 'connected', 'connected')
    expect(preferredOf(all, 'c2')?.id).toBe('c2')
    expect(preferredOf(all, null)?.id).toBe('c0')
    expect(preferredOf([...all.slice(0, 2), exampleConnection('env', { environmentDefault: true })], 'gone')?.id).toBe('env')
    expect(preferredOf([exampleConnection('off', { state: 'disconnected' }), ...all], 'off')?.id).toBe('c0')
  })

  it('does not depend on which is faster', () => {
    expect(preferredOf(list('connecting', 'connected'), null)?.id).toBe('c0')
    expect(preferredOf(list('failed', 'connected'), null)?.id).toBe('c1')
    expect(preferredOf(list('failed', 'disconnected'), null)?.id).toBe('c0')
    expect(preferredOf([], null)).toBeUndefined()
  })
})

describe('errors', () => {
  it('cross as what they are; anything else is a fault of ours', () => {
    const remedies = [{ name: 'retry' }]
    expect(toWireError(new AppError('in-use', { name: 'x' }, 'why', remedies))).toEqual({ code: 'in-use', params: { name: 'x' }, detail: 'why', remedies })
    expect(toWireError(new TypeError('x'))).toEqual({ code: 'internal', params: {}, detail: 'x', remedies: [] })
    expect(toWireError('text')).toMatchObject({ code: 'internal', detail: 'text' })
    expect(JSON.parse(JSON.stringify(toWireError(new AppError('in-use'))))).toEqual({ code: 'in-use', params: {}, detail: null, remedies: [] })
    expect(new AppError('in-use', {}, 'why').message).toBe('in-use: why')
  })
})

describe('the language of a list of wishes', () => {
  it.each([
    [['es-ES', 'en'], 'es'],
    [['fr', 'es_MX.UTF-8'], 'es'],
    [['de'], 'en'],
    [[undefined, 'en_GB'], 'en'],
    [['C.UTF-8', 'es'], 'en'],
    [['POSIX'], 'en'],
    [[], 'en'],
    [['ES'], 'es'],
  ])('%j is %s', (wishes, language) => {
    expect(pickLanguage(wishes)).toBe(language)
  })
})
