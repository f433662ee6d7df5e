import { existsSync, readFileSync } from 'node:fs'
import { run } from './processes.mjs'

/** One more than the processors that a small machine has: while one part waits for a guest, the others work. */
const slots = 3

/** Runs the tasks, three at a time, each as soon as what it needs is done, and returns the results of all tests. */
export async function runTasks(tasks) {
  const waiting = [...tasks]
  const done = new Map()
  const active = new Set()
  const results = []
  const next = () => {
    for (const task of waiting) {
      if (task.needs.every((name) => done.has(name))) return task
    }
    return undefined
  }
  while (waiting.length > 0 || active.size > 0) {
    const task = active.size < slots ? next() : undefined
    if (task === undefined) {
      await Promise.race(active)
      continue
    }
    waiting.splice(waiting.indexOf(task), 1)
    const broken = task.needs.find((name) => done.get(name) === false)
    if (broken !== undefined) {
      results.push({
        layer: task.layer ?? task.name,
        name: `${task.name} runs`,
        status: 'failed',
        message: `${broken} failed`,
      })
      done.set(task.name, false)
      continue
    }
    const work = finish(task).then((outcome) => {
      done.set(task.name, outcome.ok)
      results.push(...outcome.results)
      active.delete(work)
    })
    active.add(work)
  }
  return results
}

async function finish(task) {
  const { code, seconds } = await run(task.command, { log: task.log, env: task.env })
  const results = task.report === undefined ? ofStep(task, code) : ofReport(task, code)
  const count = (status) => results.filter((one) => one.status === status).length
  const sum =
    results.length === 0 ? 'done' : `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`
  process.stdout.write(`${task.name}: ${sum} (${seconds.toFixed(1)} s)\n`)
  return { ok: code === 0, results }
}

/** A check is one test; a step that only prepares counts when it fails. */
function ofStep(task, code) {
  if (code === 0) return task.title === undefined ? [] : [{ layer: task.layer, name: task.title, status: 'passed' }]
  return [{ layer: task.layer ?? 'prepare', name: task.title ?? task.name, status: 'failed', message: tail(task.log) }]
}

/** A layer's tests as its reporter wrote them; a layer that ended badly without a failed test is a failure itself. */
function ofReport(task, code) {
  if (!existsSync(task.report)) {
    return [{ layer: task.layer, name: `${task.name} runs to its end`, status: 'failed', message: tail(task.log) }]
  }
  const { tests, errors } = JSON.parse(readFileSync(task.report, 'utf8'))
  const results = tests.map((test) => ({ layer: task.layer, ...test }))
  for (const message of errors)
    results.push({ layer: task.layer, name: `${task.name} without errors`, status: 'failed', message })
  if (code !== 0 && !results.some((one) => one.status === 'failed')) {
    results.push({
      layer: task.layer,
      name: `${task.name} ends well`,
      status: 'failed',
      message: `status ${code}\n${tail(task.log)}`,
    })
  }
  return results
}

function tail(log) {
  if (!existsSync(log)) return 'no output'
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
  return lines.slice(-40).join('\n')
}
