import { existsSync, readFileSync } from 'node:fs'
import { labLayers } from './labs.mjs'
import { repository } from './processes.mjs'

/** The rows of docs/requirements.md: { id, sentence, promised }, the last true once a finished issue had promised it. */
export function readRequirements(path = `${repository}/docs/requirements.md`) {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, id, sentence, promised] = /^\| (S\d+\.\d+) \| (.*) \| (.*?) ?\|$/.exec(line) ?? []
      return id === undefined ? [] : [{ id, sentence, promised: promised.trim() !== '' }]
    })
}

/** The ids at the beginning of a test's title or of a group around it: "S1.13 imported file is used in place". */
export function idsOf(name) {
  return name.match(/(?<![\w.])S\d+\.\d+(?![\w.]*\d)/g) ?? []
}

/** Which ids no passing test of a lab names, and which of these were promised. */
export function missingRequirements(results) {
  const rows = readRequirements()
  const proved = new Set(
    results.filter((one) => one.status === 'passed' && labLayers.includes(one.layer)).flatMap((one) => idsOf(one.name)),
  )
  const missing = rows.filter((row) => !proved.has(row.id))
  return {
    total: rows.length,
    missing: missing.map((row) => row.id),
    broken: missing.filter((row) => row.promised).map((row) => row.id),
  }
}
