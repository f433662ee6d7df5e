import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listFolder } from '../../../../electron/host/file-browser.ts'

let folder = '/nonexistent' // never the empty text: joined to a name it would mean the working directory
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-folder-'))
  await mkdir(join(folder, 'Imágenes'))
  await mkdir(join(folder, '.oculta'))
  for (const name of ['10.iso', '9.iso', 'ñandú.qcow2', '.hidden', '-rf']) await writeFile(join(folder, name), 'abc')
  await symlink(join(folder, '9.iso'), join(folder, 'link.iso'))
  await symlink(join(folder, 'gone'), join(folder, 'broken'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('file browser', () => {
  it('lists folders first, in natural order, without hidden files and links to nowhere', async () => {
    const list = await listFolder(folder, false)
    expect(list.entries.map((entry) => entry.name)).toEqual(['Imágenes', '-rf', '9.iso', '10.iso', 'link.iso', 'ñandú.qcow2'])
    expect(list.entries[0]).toMatchObject({ kind: 'folder', sizeBytes: null, readable: true, path: join(folder, 'Imágenes') })
    expect(list.entries[2]).toMatchObject({ kind: 'file', sizeBytes: 3, readable: true })
    expect(list).toMatchObject({ path: folder, parent: tmpdir() })
  })

  it('shows hidden ones when asked', async () => {
    const names = (await listFolder(folder, true)).entries.map((entry) => entry.name)
    expect(names).toContain('.hidden')
    expect(names).toContain('.oculta')
  })

  it('lists the folder of a file, expands ~ and resolves ..', async () => {
    expect((await listFolder(join(folder, '9.iso'), false)).path).toBe(folder)
    expect((await listFolder('~', false)).path).toBe(homedir())
    expect((await listFolder(join(folder, 'Imágenes/..'), false)).path).toBe(folder)
    expect((await listFolder('/', false)).parent).toBeNull()
  })

  it('says what is wrong', async () => {
    await expect(listFolder(join(folder, 'nope'), false)).rejects.toMatchObject({ code: 'file-missing' })
    await expect(listFolder(join(folder, '9.iso/x'), false)).rejects.toMatchObject({ code: 'file-wrong-kind' })
    await expect(listFolder('a\0b', false)).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
