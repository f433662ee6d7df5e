export function runProgram(
  argv: readonly string[],
  options?: {
    cwd?: string
    env?: Readonly<Record<string, string>>
    onLine?: (line: string) => void
    timeoutMs?: number
    stdin?: 'ignore' | 'inherit'
  },
): Promise<{ code: number; timedOut: boolean; tail: string }>
