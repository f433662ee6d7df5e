import { spawnSync } from 'node:child_process'
import { chownSync, copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs inside a root's lab: alumna, who has no right on the machine, starts a lab of her own in it and runs the short
 * round there, from a clone that she can read. Her report is brought to where VIVERO_REPORT says.
 */
const clone = '/run/lab/clone'
const results = '/run/lab/results'
const report = process.env['VIVERO_REPORT']
const alumna = 1000

mkdirSync(results)
chownSync(results, alumna, alumna)
const node = ['/run/lab/bin/node', '--import', 'tsx', 'scripts/test/in-lab.ts', '--write', results, '--']
const round = [
  ...['/run/lab/bin/node', 'node_modules/vitest/vitest.mjs', 'run', '--project', 'ordinary', '--passWithNoTests'],
  ...['--configLoader', 'runner', '--reporter=default', `--reporter=${clone}/scripts/test/reporters/vitest.mjs`],
]
const identity = ['--reuid', String(alumna), '--regid', String(alumna), '--init-groups', '--pdeathsig', 'KILL', '--']
const done = spawnSync('setpriv', [...identity, ...node, ...round], {
  cwd: clone,
  stdio: 'inherit',
  env: {
    HOME: '/home/alumna',
    USER: 'alumna',
    LOGNAME: 'alumna',
    PATH: `/run/lab/bin:${process.env['PATH'] ?? ''}`,
    LC_ALL: 'C.UTF-8',
    XDG_RUNTIME_DIR: `/run/user/${alumna}`,
    VIVERO_REPORT: join(results, 'report.json'),
  },
})
if (report !== undefined && existsSync(join(results, 'report.json'))) copyFileSync(join(results, 'report.json'), report)
process.exitCode = done.status ?? 1
