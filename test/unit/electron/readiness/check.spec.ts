import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readinessOf } from '../../../../electron/readiness/check.ts'
import { checkReadiness, installLine, prerequisites } from '../../../../electron/readiness/index.ts'
import { catalogues } from '../../../../shared/i18n/index.ts'

let folder = '/nonexistent' // never the empty text: joined to a name it would mean the working directory
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-readiness-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const nameOf = (language: 'en' | 'es', label: string): unknown => {
  const [, part, key] = /^setup:(\w+)\.(.+)$/.exec(label) ?? []
  const setup: Readonly<Record<string, unknown>> = catalogues[language].setup
  const group = setup[part ?? '']
  return typeof group === 'object' && group !== null ? Object.entries(group).find(([name]) => name === key)?.[1] : undefined
}

describe('the list of what the system needs', () => {
  it('has a check, a name in both languages and packages of every manager for each entry, each id once', () => {
    expect(new Set(prerequisites.map((item) => item.id)).size).toBe(prerequisites.length)
    for (const item of prerequisites) {
      expect([item.id, (item.check.programs?.length ?? 0) + (item.check.files?.length ?? 0) > 0]).toEqual([item.id, true])
      expect([item.id, nameOf('en', item.label)]).toEqual([item.id, expect.any(String)])
      expect([item.id, nameOf('es', item.label)]).toEqual([item.id, expect.any(String)])
      for (const [manager, packages] of Object.entries(item.packages)) {
        expect([item.id, manager, packages.length > 0]).toEqual([item.id, manager, true])
      }
    }
  })
})

describe('checkReadiness', () => {
  it('finds a program by the PATH alone, and gives no line for what is there', async () => {
    const present = async (id: string) => (await checkReadiness({ PATH: folder })).find((item) => item.id === id)
    const tools = ['osinfo-query', 'osinfo-detect', 'virsh', 'virt-xml-validate', 'qemu-img']
    for (const tool of tools) {
      await writeFile(join(folder, tool), '')
      await chmod(join(folder, tool), 0o755)
    }
    expect(await present('osinfo')).toMatchObject({ present: true, installLine: null })
    expect(await present('qemu-img')).toMatchObject({ present: true, installLine: null })
  })

  it('names the missing with the line that installs it', async () => {
    const missing = {
      id: 'x',
      group: 'run',
      label: 'setup:item.qemu',
      check: { programs: [['a-program'], ['b-program', 'c-program']] },
      packages: { apt: ['one', 'two'], dnf: ['three'], pacman: ['four'], zypper: ['five'] },
    } as const
    await writeFile(join(folder, 'a-program'), '', { mode: 0o755 })
    expect(await readinessOf(missing, 'apt', [folder])).toMatchObject({
      present: false,
      installLine: 'sudo apt-get install --no-install-recommends one two',
    })
    expect(await readinessOf(missing, 'dnf', [folder])).toMatchObject({ installLine: 'sudo dnf install three' })
    expect(await readinessOf(missing, null, [folder])).toMatchObject({ present: false, installLine: null })
    await writeFile(join(folder, 'c-program'), '', { mode: 0o755 })
    expect(await readinessOf(missing, 'apt', [folder])).toMatchObject({ present: true, installLine: null })
  })

  it('gives one line for a thing and all else that is missing', async () => {
    const line = await installLine('libvirt-clients', { PATH: folder })
    if (line === null) return // a machine whose package manager is not known
    expect(line).toMatch(/^sudo (apt-get|dnf|pacman|zypper) .*libvirt/)
    const words = line.split(' ')
    expect(new Set(words).size).toBe(words.length)
  })
})
