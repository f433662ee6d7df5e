import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/** Writes every test with its outcome, message or reason into the file that VIVERO_REPORT names. */
export default class Report {
  onTestRunEnd(modules, unhandled) {
    const errors = unhandled.map(textOf)
    const tests = []
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId)
      const broken = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())]
      errors.push(...broken.map((error) => `${file}: ${textOf(error)}`))
      for (const test of module.children.allTests()) tests.push(outcome(test, file))
    }
    writeFileSync(process.env.VIVERO_REPORT, JSON.stringify({ tests, errors }))
  }
}

function outcome(test, file) {
  const result = test.result()
  const seconds = (test.diagnostic()?.duration ?? 0) / 1000
  const common = { name: test.fullName, file, seconds }
  if (result.state === 'passed' && test.diagnostic()?.flaky) {
    return { ...common, status: 'passed', secondTry: (result.errors ?? []).map(textOf).join('\n') || 'no message' }
  }
  if (result.state === 'passed') return { ...common, status: 'passed' }
  if (result.state === 'skipped') return { ...common, status: 'skipped', reason: result.note }
  const message = (result.errors ?? []).map(textOf).join('\n') || `ended as ${result.state}`
  return { ...common, status: 'failed', message }
}

function textOf(error) {
  const place = error.stacks?.[0]
  const where = place === undefined ? '' : `\n  at ${place.file}:${place.line}:${place.column}`
  return plain(`${error.message ?? String(error)}${error.diff ? `\n${error.diff}` : ''}${where}`)
}

function plain(text) {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')
}
