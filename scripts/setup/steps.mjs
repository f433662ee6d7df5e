// Shows each step with its progress: one line a step, rewritten in place on a terminal.
import { t } from './words.mjs'

/**
 * A list of steps on a stream. On a terminal the running step's line is rewritten at each progress and each second;
 * elsewhere only its end is written.
 */
export function stepList(total, out = process.stdout, now = Date.now) {
  let number = 0
  return {
    /** Runs one step; `work` gets a function that shows progress (and pauses, for a question), and returns what to say at the end. */
    async run(title, work) {
      number += 1
      const line = stepLine(`[${number}/${total}] ${title}`, out, now)
      try {
        const result = await work(line.progress)
        line.end(result ?? t('setup:result.done'))
      } catch (error) {
        line.end(t('setup:result.failed'))
        throw error
      }
    },
  }
}

/** One step's line. */
export function stepLine(title, out, now = Date.now) {
  const started = now()
  let detail = ''
  const draw = () => {
    const seconds = Math.floor((now() - started) / 1000)
    const text = `${title} … ${detail}${seconds > 1 ? ` (${seconds} s)` : ''}`
    out.write(`\r\x1b[K${text.slice(0, (out.columns ?? 80) - 1)}`)
  }
  let timer
  const run = () => {
    if (!out.isTTY || timer !== undefined) return
    timer = setInterval(draw, 1000)
    timer.unref()
  }
  /** Leaves the terminal alone, for a question, until the next progress. */
  const pause = () => {
    clearInterval(timer)
    timer = undefined
    if (out.isTTY) out.write('\r\x1b[K')
  }
  const progress = (text) => {
    detail = text
    run()
    if (out.isTTY) draw()
  }
  run()
  if (out.isTTY) draw()
  return {
    progress: Object.assign(progress, { pause }),
    end(text) {
      pause()
      const seconds = (now() - started) / 1000
      const time = seconds >= 1 ? ` (${seconds.toFixed(0)} s)` : ''
      out.write(`${title}: ${text}${time}\n`)
    },
  }
}
