// The oldest Node that Vivero runs on: "engines" of package.json.
import { readFileSync } from 'fs'

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

export const wantedNode = engines.node.replace(/^>=\s*/, '')

/** Compares versions such as 20.19.0 number by number. */
export function nodeIsEnough(version, wanted = wantedNode) {
  const have = version.split('.').map(Number)
  const need = wanted.split('.').map(Number)
  for (let at = 0; at < need.length; at += 1) {
    if (have[at] !== need[at]) return have[at] > need[at]
  }
  return true
}
