export function isBuilt(repository: string): boolean
export function ensureBuild(repository: string, progress: (text: string) => void): Promise<string>
