#!/usr/bin/env node
// npm start: from a fresh clone to the open app. Needs nothing but Node and npm; each step says what it does.
//   npm start                 in Electron, else in an app window of Chromium, else the address
//   npm start -- --browser    in the default browser
//   npm start -- --yes        asks nothing
//   npm run dev               the same with live reload, in a browser
import { hasNode } from './setup/node-version.mjs'

if (hasNode()) {
  import('./setup/start.mjs')
    .then(({ start }) => start(process.argv.slice(2)))
    .then((code) => (process.exitCode = code))
}
