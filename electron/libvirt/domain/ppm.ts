/** QEMU before 7.1 takes its pictures as PPM; pages show PNG. https://www.w3.org/TR/png/ */
import { crc32Of } from './crc.ts'
import { deflateSync } from 'node:zlib'
import { AppError } from '../../../shared/model/error.ts'

/** A PNG of a binary PPM with 8 bits a colour. Errors: file-wrong-kind. */
export function pngFromPpm(ppm: Uint8Array): Uint8Array {
  const header = /^P6\s+(?:#.*\n)*(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(ppm.subarray(0, 256)).toString('latin1'))
  if (!header) throw new AppError('file-wrong-kind', { format: 'ppm' })
  const [width, height] = [Number(header[1]), Number(header[2])]
  const pixels = ppm.subarray(header[0].length)
  const line = width * 3
  const rows = Buffer.alloc((line + 1) * height) // each row starts with the number of its filter, 0
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * line, (y + 1) * line), y * (line + 1) + 1)
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([8, 2, 0, 0, 0], 8) // 8 bits, colour, no interlace
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', size), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(data.length, 0)
  frame.set(body, 4)
  frame.writeUInt32BE(crc32Of(body), body.length + 4)
  return frame
}
