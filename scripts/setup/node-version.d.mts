export function nodeIsEnough(version: string, wanted?: string): boolean
export function hasNode(): boolean
