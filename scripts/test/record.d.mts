/** Puts a section on top of docs/measurements.md; title and body are Markdown. */
export function record(title: string, body: string): void
/** Date and versions that a measurement belongs to, in one line. */
export function surroundings(): string
