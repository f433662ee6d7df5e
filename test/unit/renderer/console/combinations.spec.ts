import { describe, expect, it } from 'vitest'
import {
  combinationGroups,
  linuxKeysOf,
  pressCombination,
  type CombinationId,
} from '../../../../renderer/features/console/keyboard/combinations.ts'
import { requests } from '../../../../shared/contract/index.ts'
import en from '../../../../shared/i18n/en/console.json' with { type: 'json' }
import es from '../../../../shared/i18n/es/console.json' with { type: 'json' }

const ids = combinationGroups.flat()

/** Events as "+place" and "-place". */
function events(id: CombinationId): string[] {
  const told: string[] = []
  pressCombination(id, (_keysym, code, down) => told.push(`${down ? '+' : '-'}${code}`))
  return told
}

it('the menu holds each combination that has words, once', () => {
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(Object.keys(en.keys).sort())
  expect(Object.keys(es.keys).sort()).toEqual(Object.keys(en.keys).sort())
})

describe('by the display', () => {
  it('keys are pressed in their order and released in the opposite one', () => {
    expect(events('ctrlAltDelete')).toEqual(['+ControlLeft', '+AltLeft', '+Delete', '-Delete', '-AltLeft', '-ControlLeft'])
    expect(events('ctrlAltF7')).toEqual(['+ControlLeft', '+AltLeft', '+F7', '-F7', '-AltLeft', '-ControlLeft'])
    expect(events('super')).toEqual(['+MetaLeft', '-MetaLeft'])
  })

  it('keysyms are those of X11', () => {
    const keysyms = (id: CombinationId): number[] => {
      const pressed: number[] = []
      pressCombination(id, (keysym, _code, down) => down && pressed.push(keysym))
      return pressed
    }
    // XK_Control_L, XK_Alt_L, XK_Delete; XK_F1; XK_F4; XK_Tab; XK_Print
    expect(keysyms('ctrlAltDelete')).toEqual([0xffe3, 0xffe9, 0xffff])
    expect(keysyms('ctrlAltF1').at(-1)).toBe(0xffbe)
    expect(keysyms('altF4')).toEqual([0xffe9, 0xffc1])
    expect(keysyms('altTab').at(-1)).toBe(0xff09)
    expect(keysyms('print')).toEqual([0xff61])
  })
})

describe('by libvirt', () => {
  it('keys have the names of Linux', () => {
    expect(linuxKeysOf('ctrlAltDelete')).toEqual(['KEY_LEFTCTRL', 'KEY_LEFTALT', 'KEY_DELETE'])
    expect(linuxKeysOf('ctrlAltF3')).toEqual(['KEY_LEFTCTRL', 'KEY_LEFTALT', 'KEY_F3'])
    expect(linuxKeysOf('print')).toEqual(['KEY_SYSRQ'])
  })

  it.each(ids)('the host takes %s', (id) => {
    const input = { connection: 'session', uuid: '6c1a2f0e-4a3e-4c7e-9a43-0b7b9a4a4a11', keys: linuxKeysOf(id) }
    expect(requests['console.send-keys'].input.parse(input)).toEqual(input)
  })
})
