import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findChecksum, parseOwnChecksum } from '../../../../electron/images/downloads/checksum-file.ts'
import { folderAbove, mirrored, nameFromAddress, plainName, withoutCredentials } from '../../../../electron/images/downloads/address.ts'

const md5 = 'd'.repeat(32)
const sha256 = 'a'.repeat(64)
const sha512 = 'b'.repeat(128)

describe('a file of checksums', () => {
  it.each([
    ['of sha256sum', `${sha256}  image.img\n${'c'.repeat(64)}  other.img\n`],
    ['in binary mode', `${'c'.repeat(64)} *other.img\n${sha256} *image.img\n`],
    ['of a whole tree', `${sha256}  ./a/b/image.img\n`],
    ['with Windows line ends', `${sha256}  image.img\r\n`],
    ['of BSD and openssl', `SHA256 (image.img) = ${sha256}\nMD5(image.img)= ${md5}\n`],
    ['signed, with remarks, as Fedora has it', `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n# image.img: 5 bytes\nSHA256 (image.img) = ${sha256}\n-----BEGIN PGP SIGNATURE-----\n\niQIz\n`],
    ['of one file, alone', `${sha256}\n`],
    ['with several algorithms, the strongest', `${md5}  image.img\n${sha256}  image.img\n`],
  ])('%s', (_what, text) => {
    expect(findChecksum(text, 'image.img')).toEqual({ algorithm: 'sha256', hex: sha256 })
  })

  it('means the file beside it where others have its name, and none where nobody can tell', () => {
    const other = (folder: string, digit: string): string => `${digit.repeat(64)}  ${folder}/image.img\n`
    expect(findChecksum(`${other('./hwe', '1')}${sha256}  ./image.img\n${other('a', '2')}`, 'image.img')?.hex).toBe(sha256)
    expect(findChecksum(`${other('a', 'a')}${other('b', 'a')}`, 'image.img')?.hex).toBe(sha256)
    expect(findChecksum(`${other('a', '1')}${other('b', '2')}`, 'image.img')).toBeNull()
    expect(findChecksum(`\uFEFF${sha256}  image.img\n`, 'image.img')?.hex).toBe(sha256)
  })

  it('tells the algorithm by the length, and names apart that only end alike', () => {
    expect(findChecksum(`${sha512}  image.img`, 'image.img')?.algorithm).toBe('sha512')
    expect(findChecksum(`${md5.toUpperCase()}  image.img`, 'image.img')).toEqual({ algorithm: 'md5', hex: md5 })
    expect(findChecksum(`${sha256}  my-image.img\n${sha256}  image.img.asc`, 'image.img')).toBeNull()
    expect(findChecksum(`${sha256}\n${sha256}`, 'image.img')).toBeNull()
    expect(findChecksum('<html>404</html>', 'image.img')).toBeNull()
  })

  it('takes the star of binary mode for no part of the name, and a name’s own star for one', () => {
    expect(findChecksum(`${sha256}  *!\n`, '*!')?.hex).toBe(sha256)
    expect(findChecksum(`${sha256} **!\n`, '*!')?.hex).toBe(sha256)
    expect(findChecksum(`${sha256} *!\n`, '!')?.hex).toBe(sha256)
    expect(findChecksum(`${sha256}\t*!\n`, '!')?.hex).toBe(sha256)
    expect(findChecksum(`${sha256}  *!\n`, '!')).toBeNull()
  })

  it('finds any name that a tool wrote, escaped or not', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => name.trim() === name && !/[/\r\u2028\u2029]/.test(name)), (name) => {
        const escaped = /[\\\n]/.test(name)
        const written = escaped ? `\\${sha256}  ${name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}` : `${sha256}  ${name}`
        expect(findChecksum(`${written}\n`, name)).toEqual({ algorithm: 'sha256', hex: sha256 })
      }),
    )
  })

  it('an entry’s own is taken where it is whole', () => {
    expect(parseOwnChecksum(`sha256:${sha256}`)).toEqual({ algorithm: 'sha256', hex: sha256 })
    expect(parseOwnChecksum(`sha256:${md5}`)).toBeNull()
    expect(parseOwnChecksum('https://example.org/SHA256SUMS')).toBeNull()
  })
})

describe('an address', () => {
  it.each([
    ['https://example.org/a/b/image.iso?x=1#y', 'image.iso', 'https://example.org/a/b/'],
    ['https://example.org/a%20b/im%C3%A1gen%201.iso', 'imágen 1.iso', 'https://example.org/a%20b/'],
    ['https://example.org/', 'image', 'https://example.org/'],
    ['https://example.org/%2e%2e%2f.bashrc', '_.bashrc', 'https://example.org/'],
    ['https://example.org/%zz.iso', '%zz.iso', 'https://example.org/'],
  ])('%s is a file %s in %s', (address, name, folder) => {
    expect([nameFromAddress(address), folderAbove(address)]).toEqual([name, folder])
  })

  it('never becomes a hidden file, another folder or an option', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        expect(plainName(text)).toMatch(/^[^./-][^/]*$/)
      }),
    )
    const long = plainName(`${'ñ😀'.repeat(100)}.qcow2`)
    expect([Buffer.byteLength(long) <= 200, long.endsWith('ñ😀.qcow2')]).toEqual([true, true])
  })

  it('is shown without the password that may be in it, and so is the folder above', () => {
    expect(['https://ana:s%40cret@example.org/a/b.iso', 'https://example.org/a/b.iso?x', 'no address'].map(withoutCredentials)).toEqual([
      'https://example.org/a/b.iso', 'https://example.org/a/b.iso?x', 'no address',
    ]) // prettier-ignore
    expect(folderAbove('https://ana:secret@example.org/a/b.iso')).toBe('https://example.org/a/')
  })

  it('comes from a mirror where one is named for it', () => {
    const mirrors = [{ from: 'https://a.example/pub/', to: 'http://class/a/' }]
    expect(mirrored('https://a.example/pub/x/image.iso', mirrors)).toBe('http://class/a/x/image.iso')
    expect(mirrored('https://b.example/pub/image.iso', mirrors)).toBe('https://b.example/pub/image.iso')
    for (const [from, to] of [['https://a.example/pub', 'http://class/a/'], ['https://a.example/pub/', 'http://class/a'], ['https://a.example/pub', 'http://class/a']]) {
      expect(mirrored('https://a.example/pub/x/image.iso', [{ from: from ?? '', to: to ?? '' }])).toBe('http://class/a/x/image.iso')
    }
    expect(mirrored('https://a.example.evil/x.iso', [{ from: 'https://a.example', to: 'http://class' }])).toBe('https://a.example.evil/x.iso')
  })
})
