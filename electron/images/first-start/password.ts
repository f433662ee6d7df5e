import { encrypt } from 'unixcrypt'

/** SHA-512 in crypt's form, with a salt of its own: `$6$salt$hash`. https://manpages.debian.org/crypt.5 */
export const hashPassword = (password: string): string => encrypt(password)

/** Whether a word is a hash in crypt's form, of whatever method. */
export const isHash = (word: string): boolean => /^\$(?:1|2[abxy]|5|6|7|y|gy)\$/.test(word)
