/** What libvirt takes as a name and a title, said before it refuses. */
import { isXmlText } from '../../../shared/lib/text.ts'
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { error, warning } from '../finding.ts'
import type { CheckContext } from './context.ts'

/** libvirt keeps what it defines in a file NAME.xml, and file systems hold 255 bytes in a name. */
const LONGEST_NAME = 255 - '.xml.new'.length

export function checkNames({ plan, around }: CheckContext): PlanFinding[] {
  const { name, title } = plan
  return [...checkName(name), ...checkTitle(title), ...checkTaken(name, title, around.machines)]
}

function checkName(name: string): PlanFinding[] {
  if (name.trim() === '') return [error('name', 'name-empty')]
  const found: PlanFinding[] = []
  // libvirt 9.0, asked to define such a machine, refuses and clears away the folders of all machines
  if (name === '.' || name === '..') found.push(error('name', 'name-dots'))
  found.push(...nameProblems(name).map(({ code, params }) => error('name', code, params)))
  if (/^\d+$/.test(name)) found.push(warning('name', 'name-number', { name }))
  return found
}

/** What libvirt takes as the name of nothing that it keeps: a machine, a network, a pool. */
export function nameProblems(name: string): { readonly code: string; readonly params: PlanFinding['params'] }[] {
  const found: { code: string; params: PlanFinding['params'] }[] = []
  if (name.includes('/')) found.push({ code: 'name-slash', params: {} })
  if (/[\n\r]/.test(name)) found.push({ code: 'name-newline', params: {} })
  else if (!isXmlText(name)) found.push({ code: 'name-control', params: {} })
  if (Buffer.byteLength(name) > LONGEST_NAME) found.push({ code: 'name-long', params: { max: LONGEST_NAME } })
  return found
}

function checkTitle(title: string): PlanFinding[] {
  if (/[\n\r]/.test(title)) return [error('title', 'title-newline')]
  return isXmlText(title) ? [] : [error('title', 'title-control')]
}

function checkTaken(name: string, title: string, machines: CheckContext['around']['machines']): PlanFinding[] {
  const found: PlanFinding[] = []
  if (machines.some((machine) => machine.name === name)) found.push(error('name', 'name-taken', { name }))
  if (title !== '' && machines.some((machine) => machine.title === title)) found.push(warning('title', 'title-taken', { title }))
  return found
}
