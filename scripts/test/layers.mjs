import { mkdirSync } from 'node:fs'
import { repository, resultsFolder, typescript } from './processes.mjs'

/** All layers of a run; `soak` beside them is run only when it is asked for. */
export const layerNames = ['static', 'unit', 'contract', 'integration', 'e2e', 'ordinary', 'outside']
export const SOAK = 'soak'

const bin = (path) => [process.execPath, `${repository}/node_modules/${path}`]

/** Each check of the source counts as one test. */
const checks = [
  ...['shared', 'electron', 'renderer', 'test'].map((side) => [
    `types of ${side}`,
    bin('typescript-native/bin/tsc').concat('-p', side),
  ]),
  ['lint', bin('eslint/bin/eslint.js').concat('.', '--max-warnings', '0')],
  [
    'walls between folders',
    bin('dependency-cruiser/bin/dependency-cruise.mjs').concat(
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
      ...['shared', 'electron', 'renderer', 'test', 'scripts'],
    ),
  ],
]

/**
 * The tasks of a run, in the order in which free processors take them: the longest layers first.
 * A task has a name, the layer it belongs to, its command, what it waits for, and either a report or a title.
 */
export function describeLayers({ wanted, files, build, lab, whole }) {
  const tasks = []
  const has = (layer) => wanted.includes(layer)
  const needsLab = has('integration') || has('e2e') || has(SOAK) || (has('ordinary') && lab.mode === 'root')
  const needs = []
  if (build && (needsLab || has('contract'))) {
    tasks.push({ name: 'build', command: [process.execPath, `${repository}/scripts/test/build.mjs`], needs: [] })
    needs.push('build')
  }
  if (needsLab && lab.available) {
    tasks.push({ name: 'guest images', command: typescript('scripts/test/build-guest.ts'), needs: [] })
    needs.push('guest images')
  }
  if (has(SOAK) && lab.available) {
    tasks.push({ name: 'cloud image', command: typescript('scripts/test/build-cloud-image.ts'), needs: [] })
  }
  if (lab.available) {
    const [longest, ...pages] = has('e2e') ? endToEnd(files, needs) : []
    if (longest) tasks.push(longest)
    if (has('integration')) tasks.push(...integration(files, needs, whole))
    tasks.push(...pages)
    if (has('ordinary') && lab.mode === 'root') tasks.push(ordinary(needs))
    if (has(SOAK)) tasks.push(vitest(SOAK, files, [...needs, 'cloud image'], true))
  }
  if (has('contract'))
    tasks.push(
      vitest(
        'contract',
        files,
        needs.filter((one) => one === 'build'),
        lab.available,
      ),
    )
  if (has('unit')) tasks.push(vitest('unit', files, [], lab.available))
  if (has('static')) {
    tasks.push(...checks.map(([title, command]) => ({ name: title, layer: 'static', title, command, needs: [] })))
  }
  return tasks.map((task) => ({ ...task, log: `${resultsFolder}/${task.name.replaceAll(/\W+/g, '-')}.log` }))
}

/** Every vitest layer runs in a lab where there can be one: even a unit test cannot meet the person's own things. */
function vitest(layer, files, needs, inLab) {
  const command = [
    ...bin('vitest/vitest.mjs').concat('run', '--project', `${layer}*`, '--passWithNoTests', '--configLoader', 'runner'),
    ...['--reporter=default', `--reporter=${repository}/scripts/test/reporters/vitest.mjs`],
    ...files,
  ]
  if (inLab) return reporting(layer, layer, inOwnLab(command), needs)
  const task = reporting(layer, layer, command, needs)
  return { ...task, env: { ...task.env, ...strangersHome() } }
}

/** Without a lab: at least the home and the session are not the person's. */
function strangersHome() {
  const home = `${resultsFolder}/home`
  mkdirSync(`${home}/run`, { recursive: true, mode: 0o700 })
  const xdg = { XDG_CONFIG_HOME: '', XDG_DATA_HOME: '', XDG_CACHE_HOME: '', XDG_STATE_HOME: '' }
  return { HOME: home, XDG_RUNTIME_DIR: `${home}/run`, LIBVIRT_DEFAULT_URI: 'test:///default', ...xdg }
}

const integrationParts = 3

/** Real libvirt and guests in several labs, a part of the files in each; they begin early, since a part takes long. */
function integration(files, needs, whole) {
  if (!whole) return [vitest('integration', files, needs, true)]
  return Array.from({ length: integrationParts }, (_, index) => index + 1).map((part) => {
    const task = vitest('integration', [...files, `--shard=${part}/${integrationParts}`], needs, true)
    return partOf(task, `integration ${part} of ${integrationParts}`)
  })
}

const e2eParts = 8

/**
 * The pages are driven in several labs, a part of the files in each: small parts leave no processor idle at the end.
 * The longest is the last of the alphabet: it begins before all else.
 */
function endToEnd(files, needs) {
  const command = [
    ...bin('@playwright/test/cli.js').concat('test', '--pass-with-no-tests'),
    `--reporter=list,${repository}/scripts/test/reporters/playwright.mjs`,
    ...files,
  ]
  // A lab has a /tmp of its own: without this each part would read all of TypeScript again.
  const env = { PLAYWRIGHT_TRANSFORM_CACHE_DIR: `${resultsFolder}/transformed` }
  const task = (name, words) => {
    const plain = reporting(name, 'e2e', inOwnLab(words), needs)
    return { ...plain, env: { ...plain.env, ...env } }
  }
  if (files.length > 0) return [task('e2e', command)]
  return Array.from({ length: e2eParts }, (_, index) => e2eParts - index).map((part) => {
    const one = task(`e2e ${part} of ${e2eParts}`, [...command, `--shard=${part}/${e2eParts}`])
    return { ...one, env: { ...one.env, VIVERO_E2E_OUTPUT: `${resultsFolder}/e2e-${part}` } }
  })
}

/** Run by root: the short round as an ordinary user, alumna in a lab of her own inside a lab. */
function ordinary(needs) {
  const command = typescript(
    'scripts/test/in-lab.ts',
    '--clone',
    '--',
    ...typescript('scripts/test/as-ordinary-user.ts'),
  )
  return reporting('ordinary', 'ordinary', command, needs)
}

function inOwnLab(command) {
  return typescript('scripts/test/in-lab.ts', '--', ...command)
}

function reporting(name, layer, command, needs) {
  return partOf({ layer, command, needs }, name)
}

/** The task under a name, and with a report, of its own. */
function partOf(task, name) {
  const report = `${resultsFolder}/${name.replaceAll(/\W+/g, '-')}.json`
  return { ...task, name, report, env: { ...task.env, VIVERO_REPORT: report } }
}
