export interface Requirement {
  readonly id: string
  readonly sentence: string
  readonly promised: boolean
}
export interface TestResult {
  readonly layer: string
  readonly name: string
  readonly status: string
}
export function readRequirements(path?: string): Requirement[]
export function idsOf(name: string): string[]
export function missingRequirements(results: readonly TestResult[]): { total: number; missing: string[]; broken: string[] }
