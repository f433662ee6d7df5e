import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { repository, typescript } from './processes.mjs'

const execute = promisify(execFile)
export const labLayers = ['integration', 'e2e', 'ordinary']

/** Whether a lab can be made here: { available, mode } or { available: false, reason }. */
export async function checkLab() {
  const [program, ...args] = typescript('scripts/test/check-lab.ts')
  const { stdout } = await execute(program, args, { cwd: repository })
  return JSON.parse(stdout)
}

/** Where labs are forbidden: each test that needs one, skipped for the kernel's reason. */
export async function countedAsSkipped(wanted, reason) {
  const results = []
  for (const layer of labLayers.filter((one) => wanted.includes(one) && one !== 'ordinary')) {
    try {
      const names = layer === 'e2e' ? await listEndToEnd() : await listIntegration()
      results.push(...names.map((name) => ({ layer, name, status: 'skipped', reason: `no lab: ${reason}` })))
    } catch (error) {
      results.push({ layer, name: 'the tests can be listed', status: 'failed', message: error.stderr || String(error) })
    }
  }
  return results
}

async function listIntegration() {
  const args = ['node_modules/vitest/vitest.mjs', 'list', '--configLoader', 'runner', '--project', 'integration', '--json']
  const { stdout } = await listing(args, { VIVERO_LISTING: '1' })
  return JSON.parse(stdout).map((one) => one.name)
}

async function listEndToEnd() {
  const { stdout } = await listing(
    ['node_modules/@playwright/test/cli.js', 'test', '--list', '--pass-with-no-tests', '--reporter=json'],
    {},
  )
  const names = (suite) => [
    ...(suite.specs ?? []).map((spec) => spec.title),
    ...(suite.suites ?? []).flatMap((inner) => names(inner)),
  ]
  return JSON.parse(stdout).suites.flatMap(names)
}

function listing(args, env) {
  return execute(process.execPath, args, { cwd: repository, env: { ...process.env, ...env }, maxBuffer: 1 << 26 })
}
