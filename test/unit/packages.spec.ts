import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface LockedPackage { readonly engines?: { readonly node?: string } | string[]; readonly resolved?: string }

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as { packages: Record<string, LockedPackage> }

/** Electron's own program and installer: docs/architecture.md says why. */
const exempt = ['node_modules/electron', 'node_modules/@electron/get', 'node_modules/@electron-internal/extract-zip']

/** Whether a range such as "^20.19.0 || >=22" has a part that 20.19 satisfies; enough for the ranges that engines use. */
function allowsNode20(range: string): boolean {
  return range.split('||').some((part) => {
    const bounds = [...part.trim().matchAll(/(>=|<=|<|>|\^|~|=)?\s*v?(\d+)(?:\.(\d+))?[\d.x*]*/g)]
    if (bounds.length === 0) return true
    return bounds.every(([, operator, major, minor]) => {
      const wanted = Number(major) * 1000 + Number(minor ?? 0)
      const ours = 20_019
      if (operator === '>=') return ours >= wanted
      if (operator === '>') return ours > wanted
      if (operator === '<') return ours < wanted
      if (operator === '<=') return ours <= wanted
      return Number(major) === 20 && ours >= wanted
    })
  })
}

describe('package-lock.json', () => {
  it('holds only packages that declare Node 20', () => {
    const wrong = Object.entries(lock.packages)
      .filter(([path]) => !exempt.includes(path))
      .flatMap(([path, { engines }]) => {
        const node = engines && !Array.isArray(engines) ? engines.node : undefined
        return node && !allowsNode20(node) ? [`${path}: ${node}`] : []
      })
    expect(wrong).toEqual([])
  })

  it('names no registry', () => {
    expect(Object.entries(lock.packages).filter(([, entry]) => entry.resolved?.startsWith('http'))).toEqual([])
  })

  it('tells a range that leaves Node 20 out', () => {
    expect(allowsNode20('>=22.12.0')).toBe(false)
    expect(allowsNode20('^20.19.0 || >=22.12.0')).toBe(true)
    expect(allowsNode20('^22 || ^24')).toBe(false)
    expect(allowsNode20('>=20.20.0')).toBe(false)
  })
})
