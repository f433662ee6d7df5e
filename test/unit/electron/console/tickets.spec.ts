import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Tickets } from '../../../../electron/console/tickets.ts'

describe('tickets', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are good once', () => {
    const tickets = new Tickets<string>(() => undefined)
    const ticket = tickets.issue('display')
    expect(tickets.take(ticket)).toBe('display')
    expect(tickets.take(ticket)).toBeNull()
  })

  it('hold 256 random bits each, as a word for an address', () => {
    const tickets = new Tickets<number>(() => undefined)
    const words = Array.from({ length: 50 }, (_, index) => tickets.issue(index))
    for (const word of words) expect(word).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(new Set(words).size).toBe(50)
  })

  it('say nothing to a wrong one, and keep the right one', () => {
    const tickets = new Tickets<string>(() => undefined)
    const ticket = tickets.issue('display')
    for (const wrong of ['', 'x', ticket.slice(1), `${ticket}A`, ticket.toLowerCase()]) expect(tickets.take(wrong)).toBeNull()
    expect(tickets.take(ticket)).toBe('display')
  })

  it('end after 30 s and free what they stood for, once', () => {
    const dropped: string[] = []
    const tickets = new Tickets<string>((value) => dropped.push(value))
    const late = tickets.issue('late')
    const used = tickets.issue('used')
    vi.advanceTimersByTime(29_999)
    expect(tickets.take(used)).toBe('used')
    expect(dropped).toEqual([])
    vi.advanceTimersByTime(1)
    expect(tickets.take(late)).toBeNull()
    vi.advanceTimersByTime(60_000)
    expect(dropped).toEqual(['late'])
  })

  it('do not pile up: the oldest of too many goes', () => {
    const dropped: number[] = []
    const tickets = new Tickets<number>((value) => dropped.push(value))
    const words = Array.from({ length: 70 }, (_, index) => tickets.issue(index))
    expect(dropped).toEqual([0, 1, 2, 3, 4, 5])
    expect(tickets.take(words[5] ?? '')).toBeNull()
    expect(tickets.take(words[6] ?? '')).toBe(6)
  })

  it('are all forgotten by clear', () => {
    const dropped: string[] = []
    const tickets = new Tickets<string>((value) => dropped.push(value))
    const ticket = tickets.issue('one')
    tickets.clear()
    expect(tickets.take(ticket)).toBeNull()
    expect(dropped).toEqual(['one'])
  })
})
