import { execFile } from 'node:child_process'

/** Runs one program with separate arguments and gives what it wrote; a failure carries the program's own words. */
export const run = (
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    execFile(
      program,
      [...args],
      {
        cwd: options.cwd,
        encoding: 'buffer',
        maxBuffer: 64 * 1024 * 1024,
        // mtools refuses odd geometries unless told; sbin holds mkfs, which an ordinary user's PATH may lack.
        env: {
          ...process.env,
          LC_ALL: 'C.UTF-8',
          MTOOLS_SKIP_CHECK: '1',
          PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
          ...options.env,
        },
      },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout)
        else reject(new Error(`${program} ${args.join(' ')}: ${stderr.toString() || error.message}`))
      },
    )
  })
