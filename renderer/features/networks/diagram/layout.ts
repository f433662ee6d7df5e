/** Where everything in a network's picture stands. Pure: sizes in pixels, no words, no colours. */

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** `end` is the machine that a link leads to, for its colour; `cut` is where there is no way, with its middle. */
export type Link =
  | { readonly kind: 'outside' | 'host'; readonly path: string }
  | { readonly kind: 'machine'; readonly path: string; readonly end: number }
  | { readonly kind: 'cut'; readonly between: 'outside' | 'host'; readonly x: number; readonly y: number }

export interface Layout {
  readonly width: number
  readonly height: number
  readonly upright: boolean
  /** A machine's text: `two` lines, `one`, or `three` where it is narrow. */
  readonly lines: 'one' | 'two' | 'three'
  readonly outside: Box
  readonly host: Box
  readonly hub: Box
  /** One for each node: the machines that are drawn, then the one for the rest. */
  readonly machines: readonly Box[]
  readonly links: readonly Link[]
}

export interface Wanted {
  readonly shape: 'host' | 'lan'
  readonly outside: boolean
  readonly host: boolean
  /** Nodes of machines, the one for the rest included. */
  readonly nodes: number
  /** Lines of text under the host's name. */
  readonly hostLines: number
  /** Of the place that it is drawn in. */
  readonly width: number
}

/** From this width on everything stands beside each other; below it, one under the other. */
const WIDE = 690
/** Wider places leave their rest at both sides. */
const WIDEST = 1060
/** More machines than this have one line each. */
const TALL_ROWS = 5
const PAD = 20
/** Between two neighbours, as long as machines can still do with more room. */
const NARROW_GAP = 36

const right = (box: Box): number => box.x + box.width
const bottom = (box: Box): number => box.y + box.height
const middle = (box: Box): { readonly x: number; readonly y: number } => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })

export function layoutNetwork(wanted: Wanted): Layout {
  return wanted.width >= WIDE ? layoutAcross(wanted) : layoutUpright(wanted)
}

const sizes = { outside: { width: 116, height: 68 }, host: { width: 140 }, hub: { width: 116, height: 56 } } as const

const hostHeight = (lines: number): number => Math.max(64, 34 + 18 * lines)

/** outside - host - bridge - machines, from left to right. */
function layoutAcross(wanted: Wanted): Layout {
  const width = Math.min(wanted.width, WIDEST)
  const left = (wanted.width - width) / 2 + PAD
  const compact = wanted.nodes > TALL_ROWS
  const others = sizes.outside.width + sizes.host.width + sizes.hub.width
  const machineWidth = Math.min(250, Math.max(168, width - 2 * PAD - others - 3 * NARROW_GAP))
  const gap = (width - 2 * PAD - others - machineWidth) / 3
  const row = compact ? { height: 30, gap: 6 } : { height: 44, gap: 14 }
  const rows = Math.max(0, wanted.nodes * (row.height + row.gap) - row.gap)
  const lan = wanted.shape === 'lan'
  const hostTall = hostHeight(wanted.hostLines)
  const height = Math.max(rows + 2 * PAD, lan ? 236 : 180)
  const centre = height / 2
  const line = lan ? centre - 44 : centre
  const outside = { ...sizes.outside, x: left, y: line - sizes.outside.height / 2 }
  const host = { ...sizes.host, height: hostTall, x: right(outside) + gap, y: (lan ? centre + 52 : centre) - hostTall / 2 }
  const hub = { ...sizes.hub, x: right(host) + gap, y: line - sizes.hub.height / 2 }
  const machines = Array.from({ length: wanted.nodes }, (_, index) => ({
    x: right(hub) + gap,
    y: centre - rows / 2 + index * (row.height + row.gap),
    width: machineWidth,
    height: row.height,
  }))
  const links = [...(lan ? lanLinksAcross(wanted, outside, host, hub) : hostLinksAcross(wanted, outside, host, hub)), ...fan(hub, machines)]
  return { width: wanted.width, height, upright: false, lines: compact ? 'one' : 'two', outside, host, hub, machines, links }
}

function hostLinksAcross(wanted: Wanted, outside: Box, host: Box, hub: Box): readonly Link[] {
  const y = middle(host).y
  const line = (from: Box, to: Box): string => `M ${right(from)} ${y} H ${to.x}`
  const half = (from: Box, to: Box): number => (right(from) + to.x) / 2
  return [
    wanted.outside ? { kind: 'outside', path: line(outside, host) } : { kind: 'cut', between: 'outside', x: half(outside, host), y },
    wanted.host ? { kind: 'host', path: line(host, hub) } : { kind: 'cut', between: 'host', x: half(host, hub), y },
  ]
}

/** The local network goes straight to the bridge or device; the host stands below that line. */
function lanLinksAcross(wanted: Wanted, outside: Box, host: Box, hub: Box): readonly Link[] {
  const from = middle(host).y
  const to = middle(hub).x
  return [
    { kind: 'outside', path: `M ${right(outside)} ${middle(outside).y} H ${hub.x}` },
    wanted.host
      ? { kind: 'host', path: `M ${right(host)} ${from} H ${to - 14} Q ${to} ${from} ${to} ${from - 14} V ${bottom(hub)}` }
      : { kind: 'cut', between: 'host', x: (right(host) + hub.x) / 2, y: from },
  ]
}

/** From the bridge to each machine in a curve. */
function fan(hub: Box, machines: readonly Box[]): readonly Link[] {
  const from = { x: right(hub), y: middle(hub).y }
  return machines.map((box, end) => {
    const to = { x: box.x, y: middle(box).y }
    const bend = (from.x + to.x) / 2
    return { kind: 'machine', end, path: `M ${from.x} ${from.y} C ${bend} ${from.y} ${bend} ${to.y} ${to.x} ${to.y}` }
  })
}

/** Outside on top, then the host, its bridge, and the machines in two columns under it. */
function layoutUpright(wanted: Wanted): Layout {
  const { width } = wanted
  const pad = 14
  const centre = width / 2
  const inner = Math.max(0, width - 2 * pad)
  const at = (y: number, wish: number, height: number): Box => {
    const own = Math.min(wish, inner)
    return { x: centre - own / 2, y, width: own, height }
  }
  const side = (index: number, height: number): Box => {
    const own = (inner - 16) / 2
    return { x: pad + index * (own + 16), y: pad, width: own, height }
  }
  const lan = wanted.shape === 'lan'
  const outside = lan ? side(0, 72) : at(pad, 170, 48)
  const host = lan ? side(1, 72) : at(bottom(outside) + 30, 220, hostHeight(wanted.hostLines))
  const hub = at(bottom(host) + 30, 180, 46)
  const machines = columns(wanted.nodes, { top: bottom(hub) + 24, pad, width })
  const last = machines.at(-1)
  const height = (last ? bottom(last) : bottom(hub)) + pad
  const links = [...(lan ? lanLinksDown(wanted, outside, host, hub) : hostLinksDown(wanted, outside, host, hub)), ...spine(hub, machines)]
  return { width, height, upright: true, lines: 'three', outside, host, hub, machines, links }
}

/** Name, state and address under each other. */
const HIGH = 60

/** One machine stands under the bridge; more stand at both sides of a line. */
function columns(nodes: number, place: { readonly top: number; readonly pad: number; readonly width: number }): readonly Box[] {
  const { top, pad, width } = place
  const between = 36
  const own = Math.min(240, (width - 2 * pad - between) / 2)
  if (nodes === 1) return [{ x: width / 2 - Math.min(240, width - 2 * pad) / 2, y: top, width: Math.min(240, width - 2 * pad), height: HIGH }]
  return Array.from({ length: nodes }, (_, index) => ({
    x: width / 2 + (index % 2 === 0 ? -between / 2 - own : between / 2),
    y: top + Math.floor(index / 2) * (HIGH + 10),
    width: own,
    height: HIGH,
  }))
}

function hostLinksDown(wanted: Wanted, outside: Box, host: Box, hub: Box): readonly Link[] {
  const { x } = middle(host)
  const line = (from: Box, to: Box): string => `M ${x} ${bottom(from)} V ${to.y}`
  const half = (from: Box, to: Box): number => (bottom(from) + to.y) / 2
  return [
    wanted.outside ? { kind: 'outside', path: line(outside, host) } : { kind: 'cut', between: 'outside', x, y: half(outside, host) },
    wanted.host ? { kind: 'host', path: line(host, hub) } : { kind: 'cut', between: 'host', x, y: half(host, hub) },
  ]
}

function lanLinksDown(wanted: Wanted, outside: Box, host: Box, hub: Box): readonly Link[] {
  const down = (from: Box, to: number): string => `M ${middle(from).x} ${bottom(from)} C ${middle(from).x} ${hub.y - 8} ${to} ${bottom(from) + 8} ${to} ${hub.y}`
  const quarter = hub.width / 4
  return [
    { kind: 'outside', path: down(outside, hub.x + quarter) },
    wanted.host
      ? { kind: 'host', path: down(host, right(hub) - quarter) }
      : { kind: 'cut', between: 'host', x: middle(host).x, y: (bottom(host) + hub.y) / 2 },
  ]
}

/** A line down from the bridge, and from it to the machines at both sides. */
function spine(hub: Box, machines: readonly Box[]): readonly Link[] {
  const { x } = middle(hub)
  const [only] = machines
  if (only && machines.length === 1) return [{ kind: 'machine', end: 0, path: `M ${x} ${bottom(hub)} V ${only.y}` }]
  return machines.map((box, end) => {
    const y = middle(box).y
    const to = middle(box).x < x ? right(box) : box.x
    return { kind: 'machine', end, path: `M ${x} ${bottom(hub)} V ${y} H ${to}` }
  })
}
