export const wantedNode: string
export function nodeIsEnough(version: string, wanted?: string): boolean
