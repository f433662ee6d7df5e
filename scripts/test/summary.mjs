/** Prints failures with their messages, skips with their reasons, open requirements and, last, the sum. */
export function printSummary(results, requirements) {
  const of = (status) => results.filter((one) => one.status === status)
  for (const one of of('failed')) {
    print(`\nFAILED ${one.layer}: ${one.name}${one.file ? ` (${one.file})` : ''}`)
    print(indented(one.message ?? 'no message'))
  }
  for (const one of results.filter((each) => each.secondTry !== undefined)) {
    print(`\nPASSED AT THE SECOND TRY ${one.layer}: ${one.name} (${one.file})`)
    print(indented(one.secondTry))
  }
  if (of('skipped').length > 0) print('\nSkipped:')
  for (const one of of('skipped')) print(`  ${one.layer}: ${one.name}: ${one.reason ?? 'no reason given'}`)
  if (requirements !== undefined) printRequirements(requirements)
  print(`\n${of('passed').length} passed, ${of('failed').length} failed, ${of('skipped').length} skipped`)
}

function printRequirements({ missing, total }) {
  print(`\nRequirements proved: ${total - missing.length} of ${total}. No passing test names:`)
  print(`  ${missing.join(' ') || 'none is missing'}`)
}

function indented(text) {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}

function print(line) {
  process.stdout.write(`${line}\n`)
}
