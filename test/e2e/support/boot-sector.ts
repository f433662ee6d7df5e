/** Disks whose first sector does one thing: programs of a few bytes, for machines without a system. */

const LOAD = 0x7c00

function sector(code: readonly number[], at30: readonly number[] = []): Buffer {
  const bytes = Buffer.alloc(512)
  bytes.set(code, 0)
  bytes.set(at30, 0x30)
  bytes.set([0x55, 0xaa], 510)
  return bytes
}

const low = (word: number): number => word & 0xff
const high = (word: number): number => word >> 8

/** Writes to the first disk, 32 KiB after 32 KiB from 1 MiB on, until the firmware reports an error. */
export const writingSector = (): Buffer =>
  sector(
    [
      0x31, 0xc0, // xor ax, ax
      0x8e, 0xd8, // mov ds, ax
      0x8e, 0xd0, // mov ss, ax
      0xbc, low(LOAD), high(LOAD), // mov sp, 0x7c00
      0xfb, // sti
      0xbe, low(LOAD + 0x30), high(LOAD + 0x30), // again: mov si, packet
      0xb8, 0x00, 0x43, // mov ax, 0x4300: extended write
      0xb2, 0x80, // mov dl, 0x80: the first disk
      0xcd, 0x13, // int 0x13
      0x72, 0x08, // jc end
      0x66, 0x83, 0x06, low(LOAD + 0x38), high(LOAD + 0x38), 0x40, // add dword [block], 64
      0xeb, 0xec, // jmp again
      0xf4, 0xeb, 0xfd, // end: hlt; jmp end
    ],
    // 64 sectors from 0x1000:0 to block 2048
    [0x10, 0, 64, 0, 0, 0, 0, 0x10, 0, 8, 0, 0, 0, 0, 0, 0],
  )

/** Tells the panic device (`<panic model='isa'/>`) that the system has crashed. */
export const panickingSector = (): Buffer =>
  sector([
    0xb0, 0x01, // mov al, 1
    0xba, 0x05, 0x05, // mov dx, 0x505
    0xee, // out dx, al
    0xf4, 0xeb, 0xfd, // hlt; jmp
  ])
