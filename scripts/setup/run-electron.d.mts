import type { ChildProcess } from 'node:child_process'

export function electronCommand(program: string, app: string, options: { readonly root: boolean }): string[]
export function electronEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv
export function untilElectronEnds(
  child: ChildProcess,
): Promise<{ readonly started: boolean; readonly code: number; readonly cause: string }>
