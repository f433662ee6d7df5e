import { describe, expect, it } from 'vitest'
import { AppError } from '../../../shared/model/error.ts'
import { fileFailure } from '../../../shared/model/file-failure.ts'

const thrown = (code: string): Error => Object.assign(new Error(`${code}: it says`), { code })

describe('a file that could not be written', () => {
  it.each([
    ['EEXIST', 'already-exists', '/a/b'],
    ['ENOSPC', 'disk-full', '/a/b'],
    ['EDQUOT', 'disk-full', '/a/b'],
    ['ENOENT', 'folder-missing', '/a'],
    ['EROFS', 'permission-denied', '/a/b'],
  ])('%s is %s', (code, expected, path) => {
    expect(fileFailure(thrown(code), '/a/b')).toMatchObject({ code: expected, params: { path }, detail: `${code}: it says` })
  })

  it('in the root folder has that one missing; what is told already stays', () => {
    expect(fileFailure(thrown('ENOENT'), '/b').params['path']).toBe('/')
    const known = new AppError('cancelled')
    expect(fileFailure(known, '/a')).toBe(known)
  })
})
