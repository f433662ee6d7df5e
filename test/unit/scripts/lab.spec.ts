import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { labDisplay } from '../../../scripts/lab/display.ts'
import { planLab, type LabSurroundings } from '../../../scripts/lab/plan.ts'
import { readLabArguments } from '../../../scripts/setup/arguments.mjs'
import { chooseOpening } from '../../../scripts/setup/open.mjs'
import { electronCommand, electronEnvironment, untilElectronEnds } from '../../../scripts/setup/run-electron.mjs'

const electron = '/home/ana/vivero/node_modules/electron/dist/electron'
const chromium = '/usr/bin/chromium'

describe('where the app opens', () => {
  it.each([
    [{ browser: false, display: true, electron, chromium }, 'electron'],
    [{ browser: false, display: true, electron: undefined, chromium }, 'window'],
    [{ browser: false, display: true, electron: undefined, chromium: undefined }, 'browser'],
    [{ browser: true, display: true, electron, chromium }, 'browser'],
    [{ browser: false, display: false, electron, chromium }, 'address'],
    [{ browser: true, display: false, electron, chromium }, 'address'],
  ] as const)('with %j: %s', (machine, place) => {
    expect(chooseOpening(machine)).toBe(place)
  })
})

describe('Electron', () => {
  it('gets the folder of the app, and no sandbox as root alone', () => {
    expect(electronCommand(electron, '/a b/vivero', { root: false })).toEqual([electron, '/a b/vivero'])
    expect(electronCommand(electron, '/vivero', { root: true })).toEqual([electron, '/vivero', '--no-sandbox'])
  })

  it('is not started as a plain Node', () => {
    expect(electronEnvironment({ ELECTRON_RUN_AS_NODE: '1', HOME: '/root' })).toEqual({ HOME: '/root' })
  })

  it.each([
    ['process.exit(0)', { started: true, code: 0 }],
    ['console.error("no library"); process.exit(127)', { started: false, code: 127, cause: 'no library' }],
    ['process.kill(process.pid, "SIGTERM")', { started: true, code: 0 }],
  ])('has run or not: %s', async (script, outcome) => {
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'pipe'] })
    expect(await untilElectronEnds(child)).toMatchObject(outcome)
  })

  it('has not run where it cannot be started at all', async () => {
    const child = spawn('/nowhere/electron', [], { stdio: ['ignore', 'ignore', 'pipe'] })
    expect(await untilElectronEnds(child)).toMatchObject({ started: false, cause: expect.stringContaining('ENOENT') })
  })
})

describe('the display that a lab can use', () => {
  const here = (...paths: string[]) => (path: string) => paths.includes(path)

  it("is the person's X server with its cookie", () => {
    const exists = here('/tmp/.X11-unix/X1', '/home/ana/.Xauthority', '/run/cookie')
    const wanted = { keep: ['/tmp/.X11-unix'], env: { DISPLAY: ':1', XAUTHORITY: '/run/lab/display/cookie' } }
    const home = { HOME: '/home/ana', DISPLAY: ':1.0' }
    expect(labDisplay(home, exists)).toEqual({ ...wanted, payload: { '/run/lab/display/cookie': '/home/ana/.Xauthority' } })
    expect(labDisplay({ ...home, XAUTHORITY: '/run/cookie' }, exists)).toMatchObject({
      payload: { '/run/lab/display/cookie': '/run/cookie' },
    })
  })

  it('needs no cookie', () => {
    expect(labDisplay({ DISPLAY: ':0', HOME: '/root' }, here('/tmp/.X11-unix/X0'))).toEqual({
      keep: ['/tmp/.X11-unix'],
      payload: {},
      env: { DISPLAY: ':0' },
    })
  })

  it.each([{}, { DISPLAY: '' }, { DISPLAY: 'localhost:10.0' }, { DISPLAY: ':7' }, { WAYLAND_DISPLAY: 'wayland-0' }])(
    'is none with %j',
    (env) => {
      expect(labDisplay(env, here('/tmp/.X11-unix/X0'))).toBeUndefined()
    },
  )
})

describe('what npm run lab starts', () => {
  const display = { keep: ['/tmp/.X11-unix'], payload: { '/run/lab/display/cookie': '/c' }, env: { DISPLAY: ':0' } }
  const around: LabSurroundings = {
    repository: '/a clone',
    meeting: '/tmp/vivero-lab-x',
    electron,
    display,
    env: { LC_ALL: '', LANG: 'es_ES.UTF-8' },
    parts: ['out', 'package.json'],
  }
  const inside = [process.execPath, '--import', 'tsx', 'scripts/lab/inside.ts', '/tmp/vivero-lab-x']
  const app = { '/run/lab/app/out': '/a clone/out', '/run/lab/app/package.json': '/a clone/package.json' }
  const plan = (args: readonly string[], more: Partial<LabSurroundings> = {}) =>
    planLab(readLabArguments(args), { ...around, ...more })

  it('is Electron on the display where both are there', () => {
    const { command, options } = plan([])
    expect(command).toEqual([...inside, '--electron', '/run/lab/electron/electron'])
    expect(options).toMatchObject({
      cwd: '/a clone',
      kvm: false,
      keep: ['/tmp/.X11-unix'],
      write: ['/tmp/vivero-lab-x'],
      payload: { ...app, '/run/lab/display/cookie': '/c' },
      share: { '/run/lab/electron': '/home/ana/vivero/node_modules/electron/dist' },
      env: { VIVERO_LAB_LANGUAGE: 'es_ES.UTF-8', DISPLAY: ':0' },
    })
  })

  it.each([
    ['Electron is not there', [], { electron: undefined }],
    ['the lab cannot use the display', [], { display: undefined }],
    ['a browser was asked for', ['--browser'], {}],
    ['nothing is to be opened', ['--no-open'], {}],
  ] as const)('is the page alone where %s', (_why, args, more) => {
    const { command, options } = plan(args, more)
    expect(command).toEqual(inside)
    expect(options).toMatchObject({ keep: [], write: ['/tmp/vivero-lab-x'], payload: app, share: {} })
    expect(options.env).toEqual({ VIVERO_LAB_LANGUAGE: 'es_ES.UTF-8' })
  })

  it('is a lab without the app, or with /dev/kvm, where that was asked for', () => {
    expect(plan(['--hold', '--kvm'])).toMatchObject({ command: [...inside, '--hold'], options: { kvm: true } })
  })

  it('refuses what it does not know', () => {
    expect(() => readLabArguments(['--kmv'])).toThrow('--kmv')
  })
})
