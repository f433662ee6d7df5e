import type { Page } from '@playwright/test'
import { catalogues } from '../../../shared/i18n/index.ts'

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
 * English sentences and words that Spanish says differently, and says nowhere itself. Those with parameters are left out, and so are
 * single small words ("none"), which are libvirt's own in its documents.
 */
function englishOnly(): Set<string> {
  const spanish = flat(catalogues.es)
  const spoken = new Set(spanish.values())
  const texts = [...flat(catalogues.en)].flatMap(([key, text]) => (spanish.get(key) === text || text.includes('{{') || /^[a-z]+$/.test(text) ? [] : [text]))
  return new Set(texts.filter((text) => !spoken.has(text)))
}

const english = englishOnly()
const key = /^[a-z-]+:[a-z][A-Za-z.-]*$/

/** What a Spanish screen says in English, or as a bare key: texts and the names that screen readers read. */
export async function strayWords(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const { body } = document
    const named = [...body.querySelectorAll('[aria-label], [title], [placeholder], [alt]')]
    const attributes = named.flatMap((element) => ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''))
    return [...body.innerText.split('\n'), ...attributes].map((text) => text.trim()).filter((text) => text !== '')
  })
  return [...new Set(texts.filter((text) => english.has(text) || key.test(text)))]
}
