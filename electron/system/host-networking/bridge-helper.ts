/** QEMU's helper that plugs cards of an unprivileged machine into a bridge. https://wiki.qemu.org/Features/HelperNetworking */
import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { BridgeHelper } from '../../../shared/model/host-networking.ts'

/** Where distributions put it. */
const places = ['/usr/lib/qemu/qemu-bridge-helper', '/usr/libexec/qemu-bridge-helper', '/usr/libexec/qemu/qemu-bridge-helper', '/usr/lib/qemu-bridge-helper']
const LIST = '/etc/qemu/bridge.conf'

/** `bridges`: the names that "all" stands for where single ones are denied. */
export async function readBridgeHelper(bridges: readonly string[]): Promise<BridgeHelper> {
  for (const path of places) {
    const facts = await stat(path).catch(() => null)
    if (facts?.isFile()) return { path, setuid: facts.uid === 0 && (facts.mode & 0o4000) !== 0, list: LIST, allowed: await allowedBridges(LIST, bridges) }
  }
  return { path: null, setuid: false, list: LIST, allowed: await allowedBridges(LIST, bridges) }
}

interface Rule {
  readonly verb: 'allow' | 'deny'
  readonly bridge: string
}

/** What the list and the lists that it includes allow; null where one of them cannot be read: the helper gives up then. */
export async function allowedBridges(list: string, bridges: readonly string[]): Promise<readonly string[] | null> {
  const rules = await readRules(list, 0)
  if (rules === null) return null
  const named = (verb: Rule['verb']): Set<string> => new Set(rules.filter((rule) => rule.verb === verb).map((rule) => rule.bridge))
  const [allowed, denied] = [named('allow'), named('deny')]
  if (denied.has('all')) return []
  if (allowed.has('all') && denied.size === 0) return ['all']
  return [...new Set([...allowed, ...(allowed.has('all') ? bridges : [])])].filter((name) => name !== 'all' && !denied.has(name))
}

/** A list that includes itself ends somewhere. */
const DEEPEST = 10

async function readRules(path: string, depth: number): Promise<Rule[] | null> {
  const text = depth > DEEPEST ? null : await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  const rules: Rule[] = []
  for (const line of text.split('\n')) {
    const [verb, value] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (value === undefined) continue
    if (verb === 'allow' || verb === 'deny') rules.push({ verb, bridge: value })
    if (verb !== 'include') continue
    const inner = await readRules(resolve(dirname(path), value), depth + 1)
    if (inner === null) return null
    rules.push(...inner)
  }
  return rules
}
