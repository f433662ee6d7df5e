import { describe, expect, it } from 'vitest'
import { checksumOf, emptyForm, entryOf, wrongFields } from '../../../../renderer/features/settings/own-entry.ts'

const fine = { ...emptyForm, name: ' Course image ', address: ' https://aula.example/course%20image.img ' }

describe('a checksum that is typed', () => {
  it.each([
    ['A'.repeat(64), `sha256:${'a'.repeat(64)}`],
    [`sha512:${'0'.repeat(128)}`, `sha512:${'0'.repeat(128)}`],
    ['f'.repeat(32), `md5:${'f'.repeat(32)}`],
    ['https://aula.example/SHA256SUMS', 'https://aula.example/SHA256SUMS'],
    [`md5:${'a'.repeat(64)}`, null],
    ['a'.repeat(63), null],
    [`${'g'.repeat(64)}`, null],
    ['https://', null],
  ])('%j becomes %j', (text, wanted) => expect(checksumOf(text)).toBe(wanted))
})

describe('an entry of one’s own', () => {
  it('has its name and address without blanks around, and no more than was typed', () => {
    expect(entryOf(fine, [], 'x86_64')).toEqual({ id: 'own:Course image https://aula.example/course%20image.img', name: 'Course image', arch: 'x86_64', kind: 'cloud-image', addresses: ['https://aula.example/course%20image.img'], pages: [] })
  })

  it('is an ISO by its address, and keeps checksum and login', () => {
    const entry = entryOf({ ...fine, address: 'http://aula.example/a.ISO?x=1', checksum: 'a'.repeat(32), user: 'ana', password: ' p ' }, [], 'aarch64')
    expect(entry).toMatchObject({ arch: 'aarch64', kind: 'iso', checksum: `md5:${'a'.repeat(32)}`, login: { user: 'ana', password: ' p ' } })
  })

  it('says what is wrong, and of what is still empty nothing', () => {
    expect(wrongFields(emptyForm, [])).toEqual([])
    expect(entryOf(emptyForm, [], 'x86_64')).toBeNull()
    const known = entryOf(fine, [], 'x86_64')
    expect(wrongFields({ ...fine, address: 'aula', checksum: 'x', password: 'p' }, known ? [known] : [])).toEqual(['name-taken', 'address', 'checksum', 'login'])
  })
})
