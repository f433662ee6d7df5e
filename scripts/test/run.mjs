// What npm test does; scripts/test.mjs begins it.
import { checkLab, countedAsSkipped } from './labs.mjs'
import { describeLayers, layerNames, SOAK } from './layers.mjs'
import { compareOutside, killedRun, takeOutside } from './outside.mjs'
import { prepare } from './prepare.mjs'
import { recordRun } from './record.mjs'
import { stopAll } from './processes.mjs'
import { missingRequirements } from './requirements.mjs'
import { runTasks } from './schedule.mjs'
import { printSummary } from './summary.mjs'

for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
  ['SIGHUP', 1],
]) {
  process.on(signal, () => {
    stopAll()
    process.exit(128 + number)
  })
}

// Everything that this run starts bears its mark; what is left at the end is found by it.
process.env.VIVERO_RUN ??= `${process.pid}-${Date.now()}`

const words = process.argv.slice(2)
const build = !words.includes('--no-build')
const isLayer = (word) => word === SOAK || layerNames.includes(word)
const chosen = words.filter(isLayer)
const files = words.filter((word) => !word.startsWith('--') && !isLayer(word))
const whole = chosen.length === 0 && files.length === 0
const wanted = chosen.length > 0 ? chosen : whole ? layerNames : ['unit', 'contract', 'integration', 'e2e']
const strict = process.env.CI === 'true'

/** Everything from the packages to the last layer; returns the tests' results. */
async function main() {
  await prepare()
  const lab = await checkLab()
  const outside = wanted.includes('outside') ? takeOutside() : undefined
  const results = []
  const tasks = describeLayers({ wanted, files, build, lab, whole })
  results.push(...(await runTasks(tasks)))
  if (!lab.available) {
    if (strict) results.push(failed('lab', 'a lab starts', `lab: ${lab.reason}`))
    results.push(...(await countedAsSkipped(wanted, lab.reason)))
  } else if (outside !== undefined) {
    results.push(...(await compareOutside(outside, 'a whole run leaves the machine outside as it was')))
    await killedRun()
    results.push(...(await compareOutside(outside, 'a run killed in the middle leaves the machine outside as it was')))
  }
  const requirements = missingRequirements(results)
  if (whole && lab.available && requirements.broken.length > 0) {
    results.push(failed('requirements', 'what finished issues promised is proved', requirements.broken.join(', ')))
  }
  return { results, requirements: whole ? requirements : undefined }
}

function failed(layer, name, message) {
  return { layer, name, status: 'failed', message }
}

const { results, requirements } = await main().catch((error) => ({
  results: [
    failed(
      'runner',
      'the tests run to their end',
      error.name === 'SetupFailure' ? error.message : (error.stack ?? String(error)),
    ),
  ],
}))
printSummary(results, requirements)
if (words.includes('--record')) recordRun(results)
stopAll()
process.exit(results.some((one) => one.status === 'failed') || results.length === 0 ? 1 : 0)
