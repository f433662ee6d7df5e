import { defineConfig } from 'vitest/config'

/** Files that put something in place of a module, or fill what a module remembers: each has modules of its own. */
const alone = 'test/unit/**/*.alone.spec.ts'

/**
 * Outside a lab: nothing here may need libvirt. The files of a worker share the modules that they load, which takes a
 * third of the time of loading them again for each.
 */
const plain = (name: string, include: string[], isolate: boolean, exclude: string[] = []) => ({
  test: { name, include, exclude, isolate, testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } },
})

/** Inside a lab, as its root: one file after the other, since they share one libvirt. */
const inLab = (name: string, include: string[], exclude: string[]) => ({
  test: {
    name,
    include,
    exclude,
    fileParallelism: false,
    testTimeout: 400_000,
    hookTimeout: 400_000,
    // A guest under software emulation may be slower than any limit; whatever needed a second try is named at the end of the run.
    retry: 1,
    expect: { poll: { timeout: 60_000 } },
    setupFiles: ['test/harness/only-in-a-lab.ts'],
  },
})

const ordinaryRound = 'test/integration/lab/ordinary/**/*.spec.ts'

// Limits only end a failure: a busy machine is several times slower than one at rest.
export default defineConfig({
  // In a lab /tmp is private, and the clone may be somebody else's to write.
  cacheDir: process.env['VIVERO_LAB'] === '1' ? '/tmp/vite' : '.cache/vite',
  test: {
    projects: [
      plain('unit', ['test/unit/**/*.spec.{ts,tsx}'], false, [alone]),
      plain('unit alone', [alone], true),
      plain('contract', ['test/contract/**/*.spec.ts'], true),
      inLab('integration', ['test/integration/**/*.spec.ts'], [ordinaryRound]),
      inLab('ordinary', [ordinaryRound], []),
      inLab('soak', ['test/soak/**/*.spec.ts'], []),
    ],
    reporters: ['default'],
  },
})
