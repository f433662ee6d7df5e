export function findProgram(name: string, path?: string): string | undefined
export function choosePackageManager(osRelease: string, hasProgram: (name: string) => boolean): string | undefined
export function packageManager(): string | undefined
export function isRoot(): boolean
export function hasServiceManager(): boolean
export function hasDisplay(env?: Readonly<Record<string, string | undefined>>): boolean
