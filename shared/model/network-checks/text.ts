/** What names may hold where libvirt, dnsmasq or the kernel keep them. */

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
