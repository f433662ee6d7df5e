import { beforeEach, describe, expect, it } from 'vitest'
import { appStore, openDialog } from '../../../../renderer/stores/app-store.ts'
import { resetStore } from '../host.ts'

const kinds = (): readonly string[] => appStore.getState().dialogs.stack.map((dialog) => dialog.kind)

describe('dialogs', () => {
  beforeEach(resetStore)

  it('lie on one another, and the one on top closes first', () => {
    openDialog({ kind: 'jobs' })
    openDialog({ kind: 'about' })
    expect(kinds()).toEqual(['jobs', 'about'])
    appStore.getState().dialogs.close()
    expect(kinds()).toEqual(['jobs'])
  })

  it('are open once a kind: asked for again, they come to the top with their new fields', () => {
    openDialog({ kind: 'new-machine', connection: 'a' })
    openDialog({ kind: 'about' })
    openDialog({ kind: 'new-machine', connection: 'b' })
    expect(appStore.getState().dialogs.stack).toEqual([{ kind: 'about' }, { kind: 'new-machine', connection: 'b' }])
  })

  it('closing where none is open does nothing', () => {
    appStore.getState().dialogs.close()
    expect(kinds()).toEqual([])
  })
})
