/** What words may hold where libvirt, dnsmasq or the kernel keep them. */

/** Bytes of a text as UTF-8. */
export function bytesOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + bytesOfSign(sign.codePointAt(0) ?? 0), 0)
}

const bytesOfSign = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)

/** Whether XML 1.0 can hold it: no control characters but white space, no halves of a surrogate pair. https://www.w3.org/TR/xml/#charsets */
export function isXmlText(text: string): boolean {
  return [...text].every((sign) => {
    const code = sign.codePointAt(0) ?? 0
    if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
    return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
  })
}

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i

/** A host or domain name: labels of letters, digits and inner dashes, 63 at most each, 253 in all. RFC 1123, 2.1 */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((part) => label.test(part))
}

/** Six pairs of hexadecimal digits with colons, as libvirt's schema wants them. */
export const isMac = (text: string): boolean => /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(text)

/** An address of a group, or of all: no card has it. */
export const isGroupMac = (text: string): boolean => (parseInt(text.slice(0, 2), 16) & 1) === 1

/** Linux's IFNAMSIZ less its closing zero. */
export const LONGEST_DEVICE = 15

/** What both the kernel and libvirt's schema take as the name of a device. */
export const isDeviceName = (text: string): boolean => /^[a-zA-Z0-9_.-]{1,15}$/.test(text) && !['.', '..', 'all', 'default'].includes(text)
