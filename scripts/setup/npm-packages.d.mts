interface Locked {
  readonly version?: string
  readonly optional?: boolean
}
export function packagesMatch(
  locked: Readonly<Record<string, Locked>>,
  installed: Readonly<Record<string, Locked>>,
): boolean
export function ensureNpmPackages(repository: string, progress: (text: string) => void): Promise<string>
