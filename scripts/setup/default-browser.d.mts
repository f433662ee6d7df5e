export function leadingPage(address: string): string
export function openDefaultBrowser(address: string): Promise<() => void>
