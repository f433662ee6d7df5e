interface Out {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}
interface Progress {
  (text: string): void
  pause(): void
}
export function stepList(
  total: number,
  out?: Out,
  now?: () => number,
): { run(title: string, work: (progress: Progress) => Promise<string | undefined>): Promise<void> }
export function stepLine(title: string, out: Out, now?: () => number): { progress: Progress; end(text: string): void }
