/** Pure rules of networks. */

/**
 * Whether a machine can be plugged into a network of that name: libvirt writes tabs and line breaks into the machine's
 * document as they are, and XML reads them back as blanks, so that the machine asks for a network that is not there.
 */
export function isReferable(name: string): boolean {
  return !/[\t\n\r]/.test(name)
}
