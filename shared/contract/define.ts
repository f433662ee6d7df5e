import { z } from 'zod'
import { xmlLimit } from '../model/xml-edit.ts'

/** A request of the contract: its input's schema, and its output's type (outputs come from the host and are trusted). */
export interface Call<I extends z.ZodType = z.ZodType, O = unknown> {
  readonly input: I
  /** Phantom: carries the type of the answer. */
  readonly output?: O
}

/** Declares a request: `call(schema)<Output>()`. */
export function call<I extends z.ZodType>(input: I): <O>() => Call<I, O> {
  return <O>() => ({ input }) as Call<I, O>
}

/** No input. */
export const nothing = z.strictObject({})
/** The id of a remembered connection. */
export const connectionId = z.string().min(1).max(200)
/** libvirt's UUIDs are not all RFC 9562: z.guid, not z.uuid. */
export const uuid = z.guid()
/** Libvirt refuses more in most places; the host says so in words before. */
export const shortText = z.string().max(1_000)
export const pathText = z.string().min(1).max(4_096)
export const onConnection = z.strictObject({ connection: connectionId })
/** One machine, network or pool. */
export const objectRef = z.strictObject({ connection: connectionId, uuid })
/** An object's document, edited as text. */
export const editedXml = z.strictObject({ connection: connectionId, uuid, before: z.string().max(xmlLimit), xml: z.string().max(xmlLimit) })
