import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LabError, labMode, startLab } from '../../../electron/lab/lab.ts'
import { asUser, until } from '../../harness/index.ts'

/** Labs in the lab that these tests run in: what ends, ends in sight of the outer one. */
const sources = '/tmp/brought in'
const root = asUser('root')
const quiet = { stdin: 'ignore', stderr: 'pipe', stdout: 'pipe' } as const

describe('the life of a lab', () => {
  beforeEach(() => mkdirSync(sources))
  afterEach(() => rmSync(sources, { recursive: true }))

  it("hands out its command's status and output", async () => {
    const { code, output } = await inLab(['sh', '-c', 'echo word; exit 7'])
    expect(code).toBe(7)
    expect(output).toBe('word\n')
  })

  it('does not see the homes, temporary and run files outside, save what it keeps', async () => {
    writeFileSync('/tmp/outside.txt', 'x')
    writeFileSync(`${sources}/kept.txt`, 'y')
    const { output } = await inLab(['sh', '-c', 'ls /tmp /home; cat "/tmp/brought in/kept.txt"'], { keep: [sources] })
    expect(output).toBe('/home:\nalumna\nextrana\n\n/tmp:\nbrought in\ny')
    rmSync('/tmp/outside.txt')
  })

  it("runs a clone and a Node that lie in root's home, and writes nothing there", async () => {
    const before = readdirSync('/root')
    mkdirSync('/root/a clone', { mode: 0o700 })
    mkdirSync('/root/.nvm')
    writeFileSync('/root/.nvm/node', '')
    execFileSync('mount', ['--bind', process.execPath, '/root/.nvm/node'])
    try {
      const script = [
        'cd "/root/a clone" && echo built > out.txt',
        'echo x > ~/Downloads.txt && echo x > /root/Downloads.txt',
        'echo "$HOME" ~root $(stat -c %a /root); ls -A /root',
      ].join('; ')
      const command = ['/root/.nvm/node', '--import', import.meta.resolve('tsx'), resolve('scripts/test/in-lab.ts')]
      const inside = ['--write', '/root/a clone', '--', 'sh', '-c', script]
      const output = execFileSync(command[0] ?? '', [...command.slice(1), ...inside], { encoding: 'utf8' })
      const [home, ...names] = output.trimEnd().split('\n')
      // the clone that runs this test may lie there too, and is kept
      const own = /^\/root\/([^/]+)/.exec(process.cwd())?.slice(1) ?? []
      expect(home).toBe('/run/lab/root /run/lab/root 700')
      expect(names.toSorted()).toEqual(['.nvm', 'Downloads.txt', 'a clone', ...own].toSorted())
      expect(readdirSync('/root').toSorted()).toEqual([...before, '.nvm', 'a clone'].toSorted())
      expect(readdirSync('/root/a clone')).toEqual(['out.txt'])
    } finally {
      execFileSync('umount', ['/root/.nvm/node'])
      for (const name of ['.nvm', 'a clone']) rmSync(`/root/${name}`, { recursive: true })
    }
    expect(existsSync(join(root.home, 'Downloads.txt'))).toBe(false)
  })

  it("writes nothing into root's home where that is the clone itself", async () => {
    writeFileSync('/root/package.json', '{}')
    const before = readdirSync('/root')
    const { output } = await inLab(['sh', '-c', 'cat package.json; echo x > ~/word; cat ~/word'], { cwd: '/root' })
    expect(output).toBe('{}x\n')
    expect(readdirSync('/root')).toEqual(before)
    rmSync('/root/package.json')
  })

  it('leaves files alone that lie where it puts its own', async () => {
    const before = statSync('/run/lab/bin/node').size
    await inLab(['/run/lab/bin/node', '--version'])
    expect(statSync('/run/lab/bin/node').size).toBe(before)
  })

  it('brings in what only its owner may read, readable for all', async () => {
    writeFileSync(`${sources}/private.txt`, 'secret of the clone')
    chmodSync(`${sources}/private.txt`, 0o600)
    chmodSync(sources, 0o700)
    const read = ['setpriv', '--reuid', '1001', '--regid', '1001', '--init-groups', 'cat']
    const copied = await inLab([...read, '/run/lab/app/private.txt'], { payload: { '/run/lab/app': sources } })
    expect(copied.output).toBe('secret of the clone')
    const shared = await inLab([...read, '/run/lab/clone/private.txt'], { share: { '/run/lab/clone': sources } })
    expect(shared.output).toBe('secret of the clone')
    expect(statSync(sources).mode & 0o777).toBe(0o700)
  })

  it('refuses to put anything outside of its own folder', async () => {
    await expect(inLab(['true'], { payload: { '/etc/vivero': sources } })).rejects.toThrow(
      '/etc/vivero does not lie in /run/lab',
    )
    expect(existsSync('/etc/vivero')).toBe(false)
  })

  it('stands beside another one with the same network', async () => {
    const script = 'virsh -q net-start default && ip -brief address show virbr0'
    const both = await Promise.all([inLab(['sh', '-c', script]), inLab(['sh', '-c', script])])
    for (const { output } of both) expect(output).toContain('192.168.122.1/24')
    expect(readFileSync('/proc/net/dev', 'utf8')).not.toContain('virbr0')
  })

  it('gives alumna /dev/kvm where it is asked to, and nobody otherwise', async ({ skip }) => {
    if (!existsSync('/dev/kvm')) skip('this machine has no /dev/kvm')
    if (labMode() === 'user') skip('in a user namespace /dev/kvm is as the person has it')
    const open = [
      'setpriv',
      '--reuid',
      '1000',
      '--regid',
      '1000',
      '--init-groups',
      'sh',
      '-c',
      ': <> /dev/kvm && echo open',
    ]
    expect((await inLab(open, { kvm: true })).output).toBe('open\n')
    expect((await inLab(open)).output).toBe('')
  })

  it('ends with the process that started it, killed without a warning', async () => {
    const starter = startedAside()
    const inside = await until('the lab', 20_000, () => processesNamed('vivero-marker')[0])
    starter.kill('SIGKILL')
    await until('its end', 5000, () => (existsSync(`/proc/${inside}`) ? undefined : true))
    expect(processesNamed('vivero-marker')).toEqual([])
  })

  it('ends with its own first process, killed without a warning', async () => {
    const lab = await startLab(['bash', '-c', 'exec -a vivero-marker sleep 1000'], quiet)
    await until('its command', 5000, () => processesNamed('vivero-marker')[0])
    process.kill(lab.pid ?? 0, 'SIGKILL')
    expect(await lab.exited).toBe(137)
    await until('its end', 5000, () => (processesNamed('vivero-marker').length === 0 ? true : undefined))
  })

  it("says why it cannot be made in the kernel's words", async () => {
    const script = 'echo 0 > /proc/sys/user/max_net_namespaces; exec "$@"'
    const check = [process.execPath, '--import', 'tsx', 'scripts/test/check-lab.ts']
    const child = spawn('unshare', ['--user', '--map-root-user', 'sh', '-c', script, 'sh', ...check], {
      env: process.env,
    })
    const answer: unknown = JSON.parse(await text(child.stdout))
    expect(answer).toEqual({ available: false, reason: expect.stringContaining('No space left on device') })
  })

  it('says so when a program is missing', async () => {
    await expect(inLab(['true'], { cwd: '/nowhere' })).rejects.toThrow(LabError)
    await expect(inLab(['true'], { cwd: '/nowhere' })).rejects.toThrow('/nowhere does not exist')
  })
})

async function inLab(command: readonly string[], options = {}): Promise<{ code: number; output: string }> {
  const lab = await startLab(command, { cwd: '/', ...quiet, ...options })
  const output = await text(lab.stdout)
  return { code: await lab.exited, output }
}

async function text(stream: NodeJS.ReadableStream | null): Promise<string> {
  let all = ''
  for await (const part of stream ?? []) all += String(part)
  return all
}

/** A process of its own that starts a lab and can be killed without hurting the tests. */
function startedAside(): ChildProcess {
  const command = ['bash', '-c', 'exec -a vivero-marker sleep 1000']
  return spawn(process.execPath, ['--import', 'tsx', 'scripts/test/in-lab.ts', '--', ...command], { stdio: 'ignore' })
}

function processesNamed(name: string): number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(name)
      } catch {
        return false
      }
    })
}
