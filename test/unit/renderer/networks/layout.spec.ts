import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutNetwork, type Box, type Layout, type Wanted } from '../../../../renderer/features/networks/diagram/layout.ts'

const wanted = (more: Partial<Wanted> = {}): Wanted => ({ shape: 'host', outside: true, host: true, hostLines: 3, nodes: 3, width: 716, ...more })

const boxesOf = ({ outside, host, hub, machines }: Layout): readonly Box[] => [outside, host, hub, ...machines]

const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const anyWish = fc.record({
  shape: fc.constantFrom('host' as const, 'lan' as const),
  outside: fc.boolean(),
  host: fc.boolean(),
  hostLines: fc.integer({ min: 0, max: 5 }),
  nodes: fc.integer({ min: 0, max: 13 }),
  width: fc.integer({ min: 240, max: 2_400 }),
})

describe('the picture of a network', () => {
  it('keeps everything inside and apart at every width, with none and with many machines', () => {
    fc.assert(
      fc.property(anyWish, (wish) => {
        const layout = layoutNetwork(wish)
        const boxes = boxesOf(layout)
        for (const box of boxes) {
          expect(box.width).toBeGreaterThan(60)
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.x + box.width).toBeLessThanOrEqual(wish.width)
          expect(box.y).toBeGreaterThanOrEqual(0)
          expect(box.y + box.height).toBeLessThanOrEqual(layout.height)
        }
        for (const [index, box] of boxes.entries()) for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false)
        expect(layout.machines).toHaveLength(wish.nodes)
      }),
    )
  })

  it('joins every machine to the bridge, and draws a cut where a line is missing', () => {
    fc.assert(
      fc.property(anyWish, (wish) => {
        const { links } = layoutNetwork(wish)
        expect(links.filter((link) => link.kind === 'machine').map((link) => link.end)).toEqual(Array.from({ length: wish.nodes }, (_, index) => index))
        const cuts = links.flatMap((link) => (link.kind === 'cut' ? [link.between] : []))
        expect(cuts.includes('host')).toBe(!wish.host)
        expect(links.some((link) => link.kind === 'host')).toBe(wish.host)
        expect(cuts.includes('outside')).toBe(wish.shape === 'host' && !wish.outside)
      }),
    )
  })

  it('goes from left to right where there is room, and down where there is not', () => {
    const wide = layoutNetwork(wanted())
    expect(wide.upright).toBe(false)
    expect([wide.outside.x, wide.host.x, wide.hub.x, wide.machines[0]?.x ?? 0].toSorted((a, b) => a - b)).toEqual([
      wide.outside.x, wide.host.x, wide.hub.x, wide.machines[0]?.x,
    ])
    const narrow = layoutNetwork(wanted({ width: 340 }))
    expect(narrow).toMatchObject({ upright: true, lines: 'three' })
    expect(narrow.outside.y).toBeLessThan(narrow.host.y)
    expect(narrow.host.y).toBeLessThan(narrow.hub.y)
    expect(narrow.hub.y).toBeLessThan(narrow.machines[0]?.y ?? 0)
  })

  it('is centred where there is more room than it needs', () => {
    const { outside, machines } = layoutNetwork(wanted({ width: 2_000 }))
    const last = machines[0]
    expect(outside.x).toBeCloseTo(2_000 - (last ? last.x + last.width : 0))
  })

  it('gives many machines one line each', () => {
    expect(layoutNetwork(wanted({ nodes: 5 })).lines).toBe('two')
    expect(layoutNetwork(wanted({ nodes: 6 })).lines).toBe('one')
    expect(layoutNetwork(wanted({ nodes: 13 })).height).toBeLessThan(520)
  })
})
