import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/** Writes every test with its outcome, message or reason into the file that VIVERO_REPORT names. */
export default class Report {
  #root
  #errors = []

  onBegin(_config, suite) {
    this.#root = suite
  }

  onError(error) {
    this.#errors.push(error.message ?? error.value ?? 'unknown error')
  }

  onEnd() {
    const tests = (this.#root?.allTests() ?? []).map(outcome)
    writeFileSync(process.env.VIVERO_REPORT, JSON.stringify({ tests, errors: this.#errors }))
  }

  printsToStdio() {
    return false
  }
}

function outcome(test) {
  const last = test.results.at(-1)
  const file = relative(process.cwd(), test.location.file)
  const name = test
    .titlePath()
    .filter((part) => part !== '' && part !== file && !file.endsWith(part))
    .join(' > ')
  const common = { name, file, seconds: (last?.duration ?? 0) / 1000 }
  const status = test.outcome()
  if (status === 'expected') return { ...common, status: 'passed' }
  if (status === 'skipped') {
    const reason = test.annotations.find((one) => one.type === 'skip' || one.type === 'fixme')?.description
    return {
      ...common,
      status: 'skipped',
      reason: reason ?? last?.annotations?.find((one) => one.type === 'skip')?.description,
    }
  }
  const failures = test.results.flatMap((result) => result.errors ?? [])
  const message = failures.map((error) => plain(error.stack ?? error.message ?? '')).join('\n')
  if (status === 'flaky') return { ...common, status: 'passed', secondTry: message || 'no message' }
  return { ...common, status: 'failed', message: message || `ended as ${last?.status ?? status}` }
}

function plain(text) {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')
}
