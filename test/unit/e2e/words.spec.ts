import { describe, expect, it } from 'vitest'
import { dictionary, either } from '../../e2e/support/words.ts'

const toEnglish = dictionary('es', 'en')
const toSpanish = dictionary('en', 'es')

/** A part of a text is found in the other text that the page shows; a whole text is all of it. */
const finds = (phrases: ReturnType<typeof toEnglish>, text: string, part: boolean): boolean => {
  const { source } = either(phrases)
  return new RegExp(part ? source : `^${source}$`).test(text)
}

describe('a whole text of the page', () => {
  it.each([
    ['Machines', 'Máquinas'],
    ['Open alumno1', 'Abrir alumno1'],
    ['More for Delete…', 'Más para Delete…'],
    ['NAT, through any device of the host', 'NAT, por cualquier dispositivo del anfitrión'],
    ['192.168.122.2 – 192.168.122.254 (253 addresses)', '192.168.122.2 – 192.168.122.254 (253 direcciones)'],
    ['no DHCP: static IP, e.g. 192.168.102.2/24', 'sin DHCP: IP estática, p. ej. 192.168.102.2/24'],
    ['1.5 GiB', '1,5 GiB'],
  ])('%s', (english, spanish) => {
    expect(finds(toSpanish(english, false), spanish, false)).toBe(true)
    expect(finds(toEnglish(spanish, false), english, false)).toBe(true)
  })
  it.each(['alumno1', '192.168.122.1', 'Aula de Ana', 'virbr0'])('%s is what a test has made, and stays', (name) => {
    expect(either(toEnglish(name, false)).plain).toBe(name)
  })
  it('is not found where another one is shown', () => {
    expect(finds(toEnglish('Máquinas', false), 'Networks', false)).toBe(false)
    expect(finds(toEnglish('Abrir alumno1', false), 'Open alumno2', false)).toBe(false)
    expect(finds(toEnglish('Abrir alumno1', false), 'Abrir alumno1', false)).toBe(false)
  })
})

describe('a part of a text', () => {
  it.each([
    ['cada máquina recibe 10.0.2.15', 'Each machine gets 10.0.2.15 and reaches the outside through this computer.'],
    ['el anfitrión tiene 192.168.122.1: puerta de enlace, DHCP y DNS.', 'In this network the host has 192.168.122.1: gateway, DHCP, and DNS.'],
    ['NAT · 192.168.122.0/24 · inactiva', 'default NAT · 192.168.122.0/24 · inactive'],
    ['IP estática', 'Alumno: Running · static IP'],
  ])('%s', (spanish, english) => {
    expect(finds(toEnglish(spanish, true), english, true)).toBe(true)
    expect(finds(toEnglish(spanish, true), english.replaceAll(/[a-z]{5,}/g, 'other'), true)).toBe(false)
  })
})
