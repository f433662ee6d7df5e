// What a person is told when a step cannot go on: the step, the cause, and what to do.

export class SetupFailure extends Error {
  /** @param {{ step: string, cause: string, remedy: string, lines?: string[] }} what lines: commands to copy, each alone on a line */
  constructor({ step, cause, remedy, lines = [] }) {
    super(`${step}: ${cause}\n${remedy}${lines.map((line) => `\n\n    ${line}`).join('')}`)
    this.name = 'SetupFailure'
    Object.assign(this, { step, cause, remedy, lines })
  }
}
