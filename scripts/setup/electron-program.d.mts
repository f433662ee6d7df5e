export function electronProgram(repository: string): string | undefined
export function failedLately(text: string, version: string, now?: number): boolean
export function ensureElectron(repository: string, progress: (text: string) => void): Promise<string>
