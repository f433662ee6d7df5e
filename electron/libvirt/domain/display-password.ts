import { randomInt } from 'node:crypto'

/** Letters and digits that are not mistaken for one another. */
const letters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
/** VNC takes eight characters at most. */
const LENGTH = 8

/** A new password for a VNC display. */
export const displayPassword = (): string => Array.from({ length: LENGTH }, () => letters[randomInt(letters.length)]).join('')
