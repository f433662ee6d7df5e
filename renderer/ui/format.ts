/** Numbers, sizes and times as the person's language writes them. */
import i18next from 'i18next'
import { formatSize } from '../../shared/lib/units.ts'

const language = (): string => i18next.language ?? 'en'

/** A number with at most `digits` decimals. */
export function formatNumber(value: number, digits = 1): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: digits }).format(value)
}

/** Bytes in the largest binary unit that keeps the figure above one: "1.5 GiB", kept on one line. */
export function formatBytes(bytes: number): string {
  return formatSize(bytes, language(), 'B').replace(' ', '\u00a0')
}

/** KiB (libvirt's unit of memory) in the largest binary unit. */
export function formatKiB(kib: number): string {
  return formatBytes(kib * 1024)
}

/** A share of one as per cent. */
export function formatPercent(share: number): string {
  return new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 0 }).format(share)
}

/** How long something took: "40 ms", "0.2 s", "1 min 05 s". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 95) return `${formatNumber(milliseconds, 0)}\u00a0ms`
  const seconds = milliseconds / 1000
  if (seconds < 60) return `${formatNumber(seconds, seconds < 10 ? 1 : 0)}\u00a0s`
  const minutes = Math.floor(seconds / 60)
  return `${formatNumber(minutes, 0)}\u00a0min ${String(Math.floor(seconds % 60)).padStart(2, '0')}\u00a0s`
}

/** Date and time of an ISO text or of milliseconds since 1970. */
export function formatDateTime(when: string | number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(when))
}

/** A day of an ISO text ("2026-04-28") or of milliseconds since 1970. */
export function formatDate(when: string | number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(new Date(when))
}

/** Time of day with seconds. */
export function formatTime(when: string | number): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }).format(new Date(when))
}

/** A moment from now: "in 48 minutes", "2 hours ago". */
export function formatFromNow(when: number, now: number = Date.now()): string {
  const seconds = Math.round((when - now) / 1000)
  const format = new Intl.RelativeTimeFormat(language(), { numeric: 'auto', style: 'short' })
  if (Math.abs(seconds) < 60) return format.format(seconds, 'second')
  if (Math.abs(seconds) < 3_600) return format.format(Math.round(seconds / 60), 'minute')
  if (Math.abs(seconds) < 86_400) return format.format(Math.round(seconds / 3_600), 'hour')
  return format.format(Math.round(seconds / 86_400), 'day')
}

/** Order of names as the language sorts them, numbers by value. */
export function compareText(a: string, b: string): number {
  return a.localeCompare(b, language(), { numeric: true, sensitivity: 'base' })
}

/** Whether every word of what was typed is somewhere in the texts; accents and case do not matter. */
export function matchesSearch(search: string, texts: readonly (string | null | undefined)[]): boolean {
  const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const hay = plain(texts.filter(Boolean).join('\n'))
  return plain(search)
    .split(/\s+/)
    .every((word) => hay.includes(word))
}

/** "a, b and c", as the language joins them. */
export function formatList(texts: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(texts)
}
