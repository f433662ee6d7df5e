/** Title and description. https://libvirt.org/manpages/virsh.html#desc */
import type { Target } from '../target.ts'
import { virshWrite } from '../virsh.ts'

/** `where` is --live, --config or both; `what` is --title for the title. Null takes the words away. */
export async function describe(target: Target, uuid: string, where: readonly string[], what: readonly string[], words: string | null): Promise<void> {
  const command = ['desc', `--domain=${uuid}`, ...where, ...what]
  if (words !== null && words.trim() !== '') await virshWrite(target, [...command, `--new-desc=${words}`])
  // virsh takes empty words for a question; through its editor it takes them for an empty text
  else await virshWrite(target, [...command, '--edit'], { env: { VISUAL: 'truncate -s 0' } })
}
