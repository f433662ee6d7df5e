import { defineConfig } from 'vitest/config'

/** Outside a lab: nothing here may need libvirt. */
const plain = (name: string) => ({
  test: { name, include: [`test/${name}/**/*.spec.{ts,tsx}`], testTimeout: 20_000 },
})

/** Inside a lab, as its root: one file after the other, since they share one libvirt. */
const inLab = (name: string, include: string[], exclude: string[]) => ({
  test: {
    name,
    include,
    exclude,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: ['test/harness/only-in-a-lab.ts'],
  },
})

const ordinaryRound = 'test/integration/lab/ordinary/**/*.spec.ts'

export default defineConfig({
  // In a lab /tmp is private, and the clone may be somebody else's to write.
  cacheDir: process.env['VIVERO_LAB'] === '1' ? '/tmp/vite' : '.cache/vite',
  test: {
    projects: [
      plain('unit'),
      plain('contract'),
      inLab('integration', ['test/integration/**/*.spec.ts'], [ordinaryRound]),
      inLab('ordinary', [ordinaryRound], []),
      inLab('soak', ['test/soak/**/*.spec.ts'], []),
    ],
    reporters: ['default'],
  },
})
