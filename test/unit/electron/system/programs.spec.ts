import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isProgram, pathFolders } from '../../../../electron/system/programs.ts'

it('does not take a folder or a plain file for a program', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'programs-'))
  try {
    await mkdir(join(folder, 'a-folder'))
    await writeFile(join(folder, 'a-file'), '', { mode: 0o644 })
    await writeFile(join(folder, 'a-program'), '', { mode: 0o755 })
    expect(await isProgram('a-folder', [folder])).toBe(false)
    expect(await isProgram('a-file', [folder])).toBe(false)
    expect(await isProgram('missing', [folder])).toBe(false)
    expect(await isProgram('a-program', [folder])).toBe(true)
    expect(await isProgram(join(folder, 'a-program'), [])).toBe(true)
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('looks through PATH in its order, without empty parts', () => {
  expect(pathFolders({ PATH: '/b::/a' })).toEqual(['/b', '/a'])
  expect(pathFolders({})).toEqual([])
})
