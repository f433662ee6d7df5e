// The oldest Node that Vivero runs on: "engines" of package.json. This file, the commands that begin with it and words.mjs
// are written so that Node 12, which Ubuntu 22.04 has, can read them and say that it is too old.
import { readFileSync } from 'fs'
import { t } from './words.mjs'

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

const wantedNode = engines.node.replace(/^>=\s*/, '')

/** Compares versions such as 20.19.0 number by number. */
export function nodeIsEnough(version, wanted = wantedNode) {
  const have = version.split('.').map(Number)
  const need = wanted.split('.').map(Number)
  for (let at = 0; at < need.length; at += 1) {
    if (have[at] !== need[at]) return have[at] > need[at]
  }
  return true
}

/** Whether this Node is new enough; where it is not, that and the remedy are printed. What follows is imported only then. */
export function hasNode() {
  const { node: version } = process.versions
  if (nodeIsEnough(version)) return true
  const cause = t('setup:node.tooOld', { version, wanted: wantedNode })
  process.stderr.write(`${t('setup:step.node')}: ${cause}\n${t('setup:node.remedy')}\n`)
  process.exitCode = 1
  return false
}
