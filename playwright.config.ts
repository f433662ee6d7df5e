import { defineConfig } from '@playwright/test'
import { browserProgram, launchOptions } from './test/harness/browser.ts'
import { requireLab } from './test/harness/user.ts'

// Listing is the one thing that needs no lab; the pages' own libvirt lies in it.
if (!process.argv.includes('--list')) requireLab()

/** Driven inside a lab, as its root: one test after the other, since they share one libvirt and two cores. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: process.env['VIVERO_E2E_OUTPUT'] ?? 'test-results/e2e',
  fullyParallel: false,
  workers: 1,
  forbidOnly: process.env['CI'] === 'true',
  // Limits only end a failure: a busy machine is several times slower than one at rest.
  timeout: 400_000,
  // A guest under software emulation may be slower than any limit; whatever needed a second try is named at the end of the run.
  retries: 1,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    // What opens is open at once: moving it costs processor time and shows a test nothing.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: launchOptions(browserProgram()),
  },
})
