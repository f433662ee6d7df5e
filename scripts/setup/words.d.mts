export function chooseLanguage(env: Readonly<Record<string, string | undefined>>): 'en' | 'es'
export function fill(text: string, params?: Readonly<Record<string, string | number>>): string
export function translator(
  language: 'en' | 'es',
): (key: string, params?: Readonly<Record<string, string | number>>) => string
export const t: ReturnType<typeof translator>
