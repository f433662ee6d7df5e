/** The one contract between the page and the host: every request with its input and answer, every event. */
import type { z } from 'zod'
import type { WireError } from '../model/error.ts'
import { appRequests } from './app.ts'
import { connectionRequests } from './connection.ts'
import { consoleRequests } from './console.ts'
import { creationRequests } from './creation.ts'
import { catalogueRequests } from './catalogue.ts'
import type { Call } from './define.ts'
import { domainRequests } from './domain.ts'
import { networkRequests } from './network.ts'
import { poolRequests } from './pool.ts'

export const requests = {
  ...appRequests,
  ...connectionRequests,
  ...domainRequests,
  ...networkRequests,
  ...poolRequests,
  ...creationRequests,
  ...catalogueRequests,
  ...consoleRequests,
} as const

export type RequestName = keyof typeof requests
export type Input<N extends RequestName> = z.infer<(typeof requests)[N]['input']>
export type Output<N extends RequestName> = (typeof requests)[N] extends Call<z.ZodType, infer O> ? O : never

/** An outcome is a value; nothing is thrown across the wire. A void answer has no `value`. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError }

/** Frames of the loopback WebSocket, and of Electron's two channels alike. */
export interface RequestFrame { readonly id: number; readonly name: string; readonly input: unknown }
export interface ResponseFrame { readonly id: number; readonly result: Result<unknown> }
export type { EventEnvelope, EventName, Events } from './events.ts'
