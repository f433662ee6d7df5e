import type { Page } from '@playwright/test'
import { catalogues } from '../../../shared/i18n/index.ts'
import type { Language } from '../../../shared/model/settings.ts'

type Words = { readonly [key: string]: string | Words }

function flat(words: Words, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(`${prefix}${key}`, value)
    else for (const [path, text] of flat(value, `${prefix}${key}.`)) found.set(path, text)
  }
  return found
}

/**
 * Sentences and words of a language that the other one says differently, and says nowhere itself. Those with parameters are left
 * out, and so are single small words ("none"), which are libvirt's own in its documents.
 */
function onlyIn(language: Language, other: Language): Set<string> {
  const elsewhere = flat(catalogues[other])
  const spoken = new Set(elsewhere.values())
  const texts = [...flat(catalogues[language])].flatMap(([key, text]) => (elsewhere.get(key) === text || text.includes('{{') || /^[a-z]+$/.test(text) ? [] : [text]))
  return new Set(texts.filter((text) => !spoken.has(text)))
}

const strange: Readonly<Record<string, ReadonlySet<string>>> = { es: onlyIn('en', 'es'), en: onlyIn('es', 'en') }
const key = /^[a-z-]+:[a-z][A-Za-z.-]*$/

/** What a screen says in the other language than its own, or as a bare key: texts and the names that screen readers read. */
export async function strayWords(page: Page): Promise<string[]> {
  const { language, texts } = await page.evaluate(() => {
    const { body, documentElement } = document
    const named = [...body.querySelectorAll('[aria-label], [title], [placeholder], [alt]')]
    const attributes = named.flatMap((element) => ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''))
    return { language: documentElement.lang, texts: [...body.innerText.split('\n'), ...attributes].map((text) => text.trim()).filter((text) => text !== '') }
  })
  return [...new Set(texts.filter((text) => strange[language]?.has(text) || key.test(text)))]
}
