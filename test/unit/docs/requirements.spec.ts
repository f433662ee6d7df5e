import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { idsOf, missingRequirements, readRequirements } from '../../../scripts/test/requirements.mjs'

const rows = readRequirements()

describe('docs/requirements.md', () => {
  it('lists 88 requirements, each once, in order, with a sentence', () => {
    expect(rows).toHaveLength(88)
    expect(new Set(rows.map((row) => row.id)).size).toBe(88)
    const number = (id: string): number => Number(id.slice(1).split('.')[0]) * 1000 + Number(id.split('.')[1])
    expect(rows.map((row) => row.id)).toEqual(rows.map((row) => row.id).sort((one, other) => number(one) - number(other)))
    for (const row of rows) expect(row.sentence, row.id).toMatch(/^\S.{20,}\.$/)
  })

  it('has no line of a requirement that is not read', () => {
    const lines = readFileSync(new URL('../../../docs/requirements.md', import.meta.url), 'utf8').split('\n')
    expect(lines.filter((line) => line.startsWith('| S'))).toHaveLength(rows.length)
  })
})

describe('the ids in the titles of tests', () => {
  it('are found one by one', () => {
    expect(idsOf('importing > S1.13 imported file is used in place')).toEqual(['S1.13'])
    expect(idsOf('S0.13 S1.20 the guest has its addresses')).toEqual(['S0.13', 'S1.20'])
    expect(idsOf('S0.1, S0.2: a machine of the session')).toEqual(['S0.1', 'S0.2'])
    expect(idsOf('no id, and USS1.2 is none either')).toEqual([])
  })

  it('count only in passing tests of a lab', () => {
    const results = [
      { layer: 'unit', status: 'passed', name: 'S0.1 in a unit test' },
      { layer: 'integration', status: 'failed', name: 'S0.2 fails' },
      { layer: 'integration', status: 'skipped', name: 'S0.3 skipped' },
      { layer: 'e2e', status: 'passed', name: 'S0.4 passes' },
    ]
    const { missing, total } = missingRequirements(results)
    expect(total).toBe(88)
    expect(missing).toHaveLength(87)
    expect(missing).not.toContain('S0.4')
  })
})
