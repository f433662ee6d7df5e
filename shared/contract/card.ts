import { z } from 'zod'
import { cardMoments, type CardChange, type CardSource, type PortForward } from '../model/card.ts'

export const macAddress = z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i)

const sourceName = z.string().min(1).max(255)
export const cardSource = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('user'), passt: z.boolean().optional() }),
  z.strictObject({ type: z.literal('network'), network: sourceName }),
  z.strictObject({ type: z.literal('bridge'), bridge: sourceName }),
  z.strictObject({ type: z.literal('direct'), device: sourceName }),
]) satisfies z.ZodType<CardSource>

/** QEMU's and libvirt's names of cards. */
export const cardModel = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/)
export const cardMoment = z.enum(cardMoments)
export const cardChange = z.strictObject({
  source: cardSource.optional(),
  model: cardModel.optional(),
  mac: macAddress.optional(),
  linkUp: z.boolean().optional(),
}) satisfies z.ZodType<CardChange>

const port = z.number().int().min(1).max(65_535)
/** Numbers and plain IPv4 addresses alone: they become part of a command of QEMU's monitor. */
const forward = z.strictObject({
  protocol: z.enum(['tcp', 'udp']),
  hostAddress: z.ipv4(),
  hostPort: port,
  guestPort: port,
}) satisfies z.ZodType<PortForward>
export const forwards = z.array(forward).max(100).readonly()
