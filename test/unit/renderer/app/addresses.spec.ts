import { afterEach, describe, expect, it, vi } from 'vitest'
import { go, href, paths } from '../../../../renderer/app/paths.ts'
import { dialogAddress, dialogs, routes, type Subject } from '../../../../renderer/app/registry.ts'
import { matchPattern, viewOfPath } from '../../../../renderer/app/view.ts'
import { dialogKinds } from '../../../../renderer/stores/dialogs.ts'

const subject: Subject = {
  connection: 'a connection/ñ?#',
  machine: 'm',
  idleMachine: 'i',
  driveMachine: 'd',
  drive: 'sda',
  networks: 'c2',
  network: 'n',
  pool: 'p',
  removable: 'c3',
}

afterEach(() => void vi.unstubAllGlobals())

describe('the address of a page', () => {
  it.each(routes.map((route) => [route.id, route] as const))('of %s is found again', (_, route) => {
    const view = viewOfPath(route.example(subject))
    expect(view?.page).toBe(route.page)
    const fields = matchPattern(route.pattern, route.example(subject))
    expect([view?.connection, view?.uuid]).toEqual([fields?.['connection'] ?? null, fields?.['uuid'] ?? null])
  })

  it('carries any name of a connection', () => {
    expect(viewOfPath(paths.machine(subject.connection, 'u', 'details'))).toEqual({
      page: 'machine',
      connection: subject.connection,
      uuid: 'u',
    })
  })

  it.each(['', '/', '/c/a', '/c/a/machines/u', '/machines/more', '/nowhere'])('is that of no page: "%s"', (path) => {
    expect(viewOfPath(path)).toBeNull()
  })

  it('is gone to by a new entry of the history, or in place of the present one', () => {
    const location = { hash: '' }
    const replaced: string[] = []
    const told: string[] = []
    vi.stubGlobal('HashChangeEvent', Event)
    vi.stubGlobal('window', {
      location,
      history: { replaceState: (_state: unknown, _title: string, next: string) => replaced.push(next) },
      dispatchEvent: (event: Event) => told.push(event.type),
    })
    go(paths.settings())
    go(paths.allMachines(), { replace: true })
    expect([location.hash, replaced, told]).toEqual(['/settings', [href('/machines')], ['hashchange']])
  })
})

describe('the address of a dialog', () => {
  it('is given for every kind, over a page that there is', () => {
    expect(Object.keys(dialogs).toSorted()).toEqual([...dialogKinds].toSorted())
    for (const kind of dialogKinds) {
      const [path = '', query] = dialogAddress(kind, subject).split('?')
      expect(viewOfPath(path), kind).not.toBeNull()
      expect(new URLSearchParams(query).get('dialog')).toBe(kind)
    }
  })
})
