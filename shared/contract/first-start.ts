import { z } from 'zod'
import type { FirstStart } from '../model/first-start.ts'
import { shortText } from './define.ts'

/** A document of more is none that somebody wrote. */
const documentText = z.string().max(1_048_576)

export const firstStartSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('form'),
    hostName: shortText,
    user: shortText,
    password: shortText,
    confirmation: shortText,
    sshKeys: z.array(z.string().max(20_000)).max(100).readonly(),
    locale: shortText,
    keyboard: shortText,
    packages: z.string().max(10_000),
    update: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('documents'), userData: documentText, metaData: documentText, networkConfig: documentText }),
]) satisfies z.ZodType<FirstStart>
