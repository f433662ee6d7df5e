/** Whether the machines of a connection run on this host: its URI names no other. https://libvirt.org/uri.html */
export function isLocal(uri: string): boolean {
  return /^[a-z0-9]+(\+unix)?:\/\/\//i.test(uri)
}
