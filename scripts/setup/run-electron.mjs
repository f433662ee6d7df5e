// Runs the app in Electron.

/** An end with an error within this time means that Electron cannot run here: a missing library, a forbidden sandbox. */
const startMs = 10_000

/** The words that open the app lying in a folder; root's Electron runs without its sandbox alone. */
export const electronCommand = (program, app, { root }) => [program, app, ...(root ? ['--no-sandbox'] : [])]

/** The environment of Electron: where this variable is set (editors do), the program is a plain Node. */
export const electronEnvironment = (env) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE'))

/**
 * Waits for the end of Electron, a child whose standard error is a pipe. `started` is false where it could not run;
 * `cause` are its own words then.
 */
export function untilElectronEnds(child) {
  return new Promise((resolve) => {
    const began = Date.now()
    let words = ''
    child.stderr.on('data', (chunk) => {
      words = `${words}${chunk}`.slice(-2000)
      process.stderr.write(chunk)
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    child.once('error', (error) => resolve({ started: false, code: 1, cause: error.message }))
    child.once('close', (code, signal) => {
      const started = code === 0 || (signal !== null && signal !== 'SIGTRAP') || Date.now() - began > startMs
      resolve({ started, code: code ?? 0, cause: words.trim().split('\n').at(-1) ?? '' })
    })
  })
}
