#!/usr/bin/env node
// npm test: prepares what the tests need, runs every layer and sums up. docs/testing.md says how to use it.
//   npm test                          everything
//   npm test -- unit                  one layer (static unit contract integration e2e ordinary outside)
//   npm test -- integration a.spec    files of one layer whose path contains a.spec
//   npm run soak                      the long proofs; -- --record keeps what they print in docs/measurements.md
//   npm test -- --no-build ...        with the bundles that are there
import { hasNode } from './setup/node-version.mjs'

if (hasNode()) import('./test/run.mjs')
