import { describe, expect, it } from 'vitest'
import { dialogs } from '../../../../renderer/app/registry.ts'
import { dialogOfQuery } from '../../../../renderer/stores/dialogs.ts'

const query = (text: string) => dialogOfQuery(new URLSearchParams(text), { jobs: [], runningMachines: 2 })

describe('a dialog in the address', () => {
  it('opens with its fields', () => {
    expect(query('dialog=delete-machine&connection=a&uuid=b')).toEqual({ kind: 'delete-machine', connection: 'a', uuid: 'b' })
    expect(query('dialog=about')).toEqual({ kind: 'about' })
    expect(query('dialog=closing')).toEqual({ kind: 'closing', jobs: [], runningMachines: 2 })
  })

  it('is nothing where it is unknown or lacks a field', () => {
    expect(query('')).toBeNull()
    expect(query('dialog=toString')).toBeNull()
    expect(query('dialog=delete-machine&connection=a')).toBeNull()
  })

  it('takes no field that is not its own', () => {
    expect(query('dialog=about&onClose=x')).toEqual({ kind: 'about' })
  })

  it('opens for every kind of the registry with the fields that the registry gives', () => {
    const subject = { connection: 'c', machine: 'm', idleMachine: 'i', driveMachine: 'd', drive: 'sda', networks: 'w', network: 'n', pool: 'p', removable: 'r' }
    for (const [kind, entry] of Object.entries(dialogs)) {
      expect(query(new URLSearchParams({ dialog: kind, ...entry.fields(subject) }).toString())?.kind).toBe(kind)
    }
  })
})
