import { expect, it } from 'vitest'
import { strokesOf } from '../../../../renderer/features/console/keyboard/layouts.ts'
import { eventsOf, typeStrokes } from '../../../../renderer/features/console/keyboard/type-strokes.ts'
import { GuestKeyboard } from './guest-keyboard.ts'

const { signal } = new AbortController()

it('modifiers are pressed before the key and released after it', () => {
  const stroke = { code: 'KeyX', keysym: 0x78, shift: true, altGr: true }
  expect(eventsOf(stroke)).toEqual([
    [0xffe1, 'ShiftLeft', true],
    [0xfe03, 'AltRight', true],
    [0x78, 'KeyX', true],
    [0x78, 'KeyX', false],
    [0xfe03, 'AltRight', false],
    [0xffe1, 'ShiftLeft', false],
  ])
})

it('types in order, tells how far it is, and leaves no key down', async () => {
  const keyboard = new GuestKeyboard('es')
  const { strokes } = strokesOf('¿Mañana? sí @', 'es')
  const progress: number[] = []
  const typed = await typeStrokes(strokes, keyboard.send, {
    signal,
    onProgress: (done) => progress.push(done),
    wait: () => Promise.resolve(),
  })
  expect(keyboard.text).toBe('¿Mañana? sí @')
  expect([...keyboard.held]).toEqual([])
  expect(typed).toBe(strokes.length)
  expect(progress).toEqual(strokes.map((_, index) => index + 1))
})

it('waits for each event as long as the guest needs for it: more than 10 ms', async () => {
  const waits: number[] = []
  const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds)
  await typeStrokes(strokesOf('aA@', 'es').strokes, () => undefined, { signal, wait })
  const events = [2, 4, 4]
  expect(waits).toHaveLength(events.length)
  for (const [index, waited] of waits.entries()) expect(waited / (events[index] ?? 1)).toBeGreaterThan(10)
})

it('stops between two strokes, with no key down', async () => {
  const stop = new AbortController()
  const keyboard = new GuestKeyboard('es')
  const wait = async (): Promise<void> => {
    if (keyboard.text === 'AB') stop.abort()
  }
  expect(await typeStrokes(strokesOf('ABCD', 'es').strokes, keyboard.send, { signal: stop.signal, wait })).toBe(2)
  expect(keyboard.text).toBe('AB')
  expect([...keyboard.held]).toEqual([])
})
