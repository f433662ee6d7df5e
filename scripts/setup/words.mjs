// The words of the commands: shared/i18n/<language>/setup.json, in plain Node, since no npm package may be there
// yet, and in an old one's language, since that is what may have to be said.
import { readFileSync } from 'fs'

/** The language of the system as in locale(7): the first of LC_ALL, LC_MESSAGES and LANG that is set. */
export function chooseLanguage(env) {
  const wish = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '')
  return wish !== undefined && wish.slice(0, 2).toLowerCase() === 'es' ? 'es' : 'en'
}

/** Puts parameters into a text: {{name}}. A parameter that is not given stays as it is, so that it is seen. */
export function fill(text, params = {}) {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name) => (name in params ? String(params[name]) : whole))
}

/** A translator for keys such as `setup:step.node`. */
export function translator(language) {
  const file = new URL(`../../shared/i18n/${language}/setup.json`, import.meta.url)
  const words = JSON.parse(readFileSync(file, 'utf8'))
  return (key, params) => {
    const text = key
      .replace(/^setup:/, '')
      .split('.')
      .reduce((at, part) => (at === undefined ? undefined : at[part]), words)
    return typeof text === 'string' ? fill(text, params) : key
  }
}

export const t = translator(chooseLanguage(process.env))
