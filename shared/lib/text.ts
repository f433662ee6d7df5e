/** What a text takes where libvirt, the kernel or a document keeps it. */

/** Bytes of a text as UTF-8. */
export function utf8Length(text: string): number {
  return [...text].reduce((sum, character) => sum + bytesOf(character.codePointAt(0) ?? 0), 0)
}

const bytesOf = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)

/** Whether XML 1.0 can hold it: no control characters but white space, no halves of a surrogate pair. https://www.w3.org/TR/xml/#charsets */
export const isXmlText = (text: string): boolean => !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text)

/** The text behind percent signs; where they mean nothing, the text itself. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
