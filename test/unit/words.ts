/** Words of all characters, for properties that hold for whatever a person may type. */
import fc from 'fast-check'
import { isXmlText } from '../../shared/lib/text.ts'

/** What a program can be given: anything but a zero byte. */
export const words = (maxLength = 40): fc.Arbitrary<string> => fc.string({ unit: 'binary', maxLength }).map((text) => text.replaceAll('\0', ''))

/** What an XML document can hold. */
export const xmlWords = (maxLength = 30, minLength = 0): fc.Arbitrary<string> => fc.string({ unit: 'binary', minLength, maxLength }).filter(isXmlText)
