/** Presses keys one after the other, no faster than a guest reads them. */
import { keysyms, type Stroke } from './strokes.ts'

/** Presses or releases one key. */
export type SendKey = (keysym: number, code: string, down: boolean) => void

/**
 * Milliseconds an event: QEMU hands a key on every 10 ms at most and drops what piles up.
 * https://www.qemu.org/docs/master/system/qemu-manpage.html (key-delay-ms)
 */
const EVENT_MS = 14

interface Options {
  readonly signal: AbortSignal
  /** Strokes done so far. */
  readonly onProgress?: (done: number) => void
  readonly wait?: (milliseconds: number) => Promise<void>
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Types the strokes; ends early, with no key held, when the signal comes. Answers how many were typed. */
export async function typeStrokes(strokes: readonly Stroke[], send: SendKey, options: Options): Promise<number> {
  const wait = options.wait ?? pause
  let done = 0
  for (const stroke of strokes) {
    if (options.signal.aborted) break
    const events = eventsOf(stroke)
    for (const [keysym, code, down] of events) send(keysym, code, down)
    await wait(events.length * EVENT_MS)
    done += 1
    options.onProgress?.(done)
  }
  return done
}

type KeyEvent = Parameters<SendKey>

/** Modifiers are pressed before the key and released after it. */
export function eventsOf(stroke: Stroke): readonly KeyEvent[] {
  const modifiers: readonly (readonly [number, string])[] = [
    ...(stroke.shift ? [[keysyms.Shift, 'ShiftLeft'] as const] : []),
    ...(stroke.altGr ? [[keysyms.AltGr, 'AltRight'] as const] : []),
  ]
  return [
    ...modifiers.map(([keysym, code]): KeyEvent => [keysym, code, true]),
    [stroke.keysym, stroke.code, true],
    [stroke.keysym, stroke.code, false],
    ...modifiers.toReversed().map(([keysym, code]): KeyEvent => [keysym, code, false]),
  ]
}
