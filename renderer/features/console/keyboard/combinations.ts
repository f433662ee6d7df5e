/** Key combinations that the person's own desktop would keep for itself. */
import type { SendKey } from './type-strokes.ts'

/** One key, for both ways to the guest. */
interface CombinationKey {
  readonly keysym: number
  readonly code: string
  /** For `virsh send-key`. https://libvirt.org/manpages/virkeyname-linux.html */
  readonly linux: string
}

const control: CombinationKey = { keysym: 0xffe3, code: 'ControlLeft', linux: 'KEY_LEFTCTRL' }
const alt: CombinationKey = { keysym: 0xffe9, code: 'AltLeft', linux: 'KEY_LEFTALT' }
const functionKey = (number: number): CombinationKey => ({ keysym: 0xffbd + number, code: `F${number}`, linux: `KEY_F${number}` })

const combinations = {
  ctrlAltDelete: [control, alt, { keysym: 0xffff, code: 'Delete', linux: 'KEY_DELETE' }],
  ctrlAltBackspace: [control, alt, { keysym: 0xff08, code: 'Backspace', linux: 'KEY_BACKSPACE' }],
  ctrlAltF1: [control, alt, functionKey(1)],
  ctrlAltF2: [control, alt, functionKey(2)],
  ctrlAltF3: [control, alt, functionKey(3)],
  ctrlAltF4: [control, alt, functionKey(4)],
  ctrlAltF5: [control, alt, functionKey(5)],
  ctrlAltF6: [control, alt, functionKey(6)],
  ctrlAltF7: [control, alt, functionKey(7)],
  altTab: [alt, { keysym: 0xff09, code: 'Tab', linux: 'KEY_TAB' }],
  altF4: [alt, functionKey(4)],
  super: [{ keysym: 0xffeb, code: 'MetaLeft', linux: 'KEY_LEFTMETA' }],
  print: [{ keysym: 0xff61, code: 'PrintScreen', linux: 'KEY_SYSRQ' }],
  escape: [{ keysym: 0xff1b, code: 'Escape', linux: 'KEY_ESC' }],
} as const satisfies Record<string, readonly CombinationKey[]>

export type CombinationId = keyof typeof combinations

/** The combinations as the menu groups them. */
export const combinationGroups: readonly (readonly CombinationId[])[] = [
  ['ctrlAltDelete', 'ctrlAltBackspace'],
  ['ctrlAltF1', 'ctrlAltF2', 'ctrlAltF3', 'ctrlAltF4', 'ctrlAltF5', 'ctrlAltF6', 'ctrlAltF7'],
  ['altTab', 'altF4', 'super', 'print', 'escape'],
]

/** Presses the keys in their order and releases them in the opposite one. */
export function pressCombination(id: CombinationId, send: SendKey): void {
  const keys: readonly CombinationKey[] = combinations[id]
  for (const key of keys) send(key.keysym, key.code, true)
  for (const key of keys.toReversed()) send(key.keysym, key.code, false)
}

/** The same keys by libvirt's names, for a guest whose display is not open. */
export function linuxKeysOf(id: CombinationId): string[] {
  return combinations[id].map((key) => key.linux)
}
