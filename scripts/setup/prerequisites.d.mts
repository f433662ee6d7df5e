interface Item {
  readonly id: string
  readonly group: string
  readonly label: string
  readonly check: { readonly programs?: readonly (readonly string[])[]; readonly files?: readonly string[] }
  readonly packages: Readonly<Record<string, readonly string[] | undefined>>
}
type Group = 'run' | 'test'
export function listPrerequisites(groups: readonly Group[]): Item[]
export function isPresent(
  item: Pick<Item, 'check'>,
  hasProgram?: (name: string) => boolean,
  hasFile?: (path: string) => boolean,
): boolean
export function packagesOf(items: readonly Pick<Item, 'packages'>[], manager: string): string[]
export function installLine(manager: string, packages: readonly string[]): string
export function ensurePrerequisites(options: {
  groups: readonly Group[]
  yes?: boolean
  progress?: { (text: string): void; pause(): void }
  ask?: (question: string) => Promise<boolean>
}): Promise<string>
