/** Paths that libvirt can keep: what it writes into its documents it must read again after a restart. */
import { isXmlText } from '../../shared/lib/text.ts'

/**
 * Why libvirt cannot keep a path: it writes tabs and line breaks as they are, and XML reads them back as blanks; other
 * control characters no document can hold. Null where it can.
 */
export function unkeepable(path: string): 'white-space' | 'control' | null {
  if (/[\t\n\r]/.test(path)) return 'white-space'
  return isXmlText(path) ? null : 'control'
}

/** A file's name as libvirt can keep it. */
export const keepableName = (name: string): string => name.replaceAll(/\p{Cc}/gu, ' ').trim() || 'disk'
