/**
 * Starts the guest's three media in plain QEMU, for use by hand: `node --import tsx test/guest/check.ts`.
 * Prints how long each took to what it has to say.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildInstallerIso, buildLiveIso, ensureGuest } from './index.ts'
import { run } from './run.ts'

const verbose = process.argv.includes('--verbose')

/** One QEMU; answers[i] is typed after lines[i] was seen on the serial port. */
const boot = (title: string, args: readonly string[], steps: readonly (readonly [RegExp, string])[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const begin = Date.now()
    const common = ['-accel', 'tcg', '-m', '160', '-display', 'none', '-serial', 'stdio', '-no-user-config', '-monitor', 'none']
    const qemu = spawn('qemu-system-x86_64', [...common, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    const limit = setTimeout(() => qemu.kill(), 90_000)
    const left = [...steps]
    let text = ''
    qemu.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (verbose) process.stdout.write(chunk)
      for (let step = left[0]; step !== undefined && step[0].test(text); step = left[0]) {
        console.log(`${title}: ${step[0].source} after ${String(Date.now() - begin)} ms`)
        text = text.slice(text.search(step[0]) + 1)
        qemu.stdin.write(step[1])
        left.shift()
      }
    })
    qemu.on('exit', () => {
      clearTimeout(limit)
      const missing = left[0]
      if (missing === undefined) resolve()
      else reject(new Error(`${title}: no ${missing[0].source}\n${text.slice(-3000)}`))
    })
  })

const begin = Date.now()
const guest = await ensureGuest()
console.log(`guest ${guest.build} after ${String(Date.now() - begin)} ms`)
const folder = await mkdtemp(join(tmpdir(), 'vivero-check-'))
try {
  const disk = join(folder, 'disk.qcow2')
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', guest.disk, disk])
  const ready = [/vivero-guest ready/, ''] as const
  const address = [/vivero-guest address: eth0 10\.0\.2\.15\/24/, 'ip route; cat /etc/resolv.conf\r'] as const
  const server = [/nameserver 10\.0\.2\.3/, 'poweroff\r'] as const
  const virtio = ['-drive', `file=${disk},if=virtio`, '-nic', 'user,model=virtio-net-pci']
  await boot('disk on q35', ['-machine', 'q35', ...virtio], [ready, address, server])
  await boot('disk on pc', ['-machine', 'pc', ...virtio], [ready, address, server])
  const full = join(folder, 'full.qcow2')
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', guest.fullDisk, full])
  const sata = ['-drive', `file=${full},if=ide`, '-nic', 'user,model=e1000e']
  await boot('SATA and e1000e', ['-machine', 'q35', ...sata], [ready, address, server])

  const live = join(folder, 'live.iso')
  await buildLiveIso('manzana', live)
  await boot('live ISO', ['-machine', 'q35', '-cdrom', live], [[/live word: manzana/, ''], [/ready/, 'poweroff\r']])

  const setup = join(folder, 'setup.iso')
  const empty = join(folder, 'empty.qcow2')
  await buildInstallerIso('naranja', setup)
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', empty, '1G'])
  const order = ['-drive', `file=${empty},if=none,id=d`, '-device', 'virtio-blk-pci,drive=d,bootindex=1']
  const cd = ['-drive', `file=${setup},if=none,id=c,media=cdrom`, '-device', 'ide-cd,drive=c,bootindex=2']
  const installed = [[/installer: done/, ''], [/disk word: naranja/, ''], [/ready/, 'poweroff\r']] as const
  await boot('installer', ['-machine', 'q35', ...order, ...cd], installed)
} finally {
  await rm(folder, { recursive: true, force: true })
}
