#!/usr/bin/env node
// npm start: from a fresh clone to the open app. Needs nothing but Node and npm; each step says what it does.
//   npm start                 in Electron, else in an app window of Chromium, else the address
//   npm start -- --browser    in the default browser
//   npm start -- --yes        asks nothing
//   npm run dev               the same with live reload, in a browser
import { nodeIsEnough, wantedNode } from './setup/node-version.mjs'
import { t } from './setup/words.mjs'

if (!nodeIsEnough(process.versions.node)) {
  const params = { version: process.versions.node, wanted: wantedNode }
  process.stderr.write(
    `${t('setup:step.node')}: ${t('setup:node.tooOld', params)}\n${t('setup:node.remedy', params)}\n`,
  )
  process.exit(1)
}
// Only now: what follows is written for that Node.
const { start } = await import('./setup/start.mjs')
process.exitCode = await start(process.argv.slice(2))
