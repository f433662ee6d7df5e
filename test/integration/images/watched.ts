import { PauseSwitch } from '../../../electron/system/pause.ts'

/** What a job would show. */
export class Watched {
  readonly abort = new AbortController()
  readonly pause = new PauseSwitch()
  readonly signal = this.abort.signal
  readonly figures: { done: number; total: number; perSecond: number | null | undefined }[] = []
  readonly holds: (string | null)[] = []
  readonly lines: string[] = []
  progress(done: number, total: number, _unit: 'bytes', perSecond?: number | null): void {
    this.figures.push({ done, total, perSecond })
  }
  hold(state: string | null): void {
    this.holds.push(state)
  }
  step(): void {
    // the words are the page's
  }
  log(line: string): void {
    this.lines.push(line)
  }
}
