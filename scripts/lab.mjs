#!/usr/bin/env node
// npm run lab: the app on a libvirt of its own with small machines and networks in it, as root or not.
//   npm run lab               opens it like npm start
//   npm run lab -- --browser  in the default browser
//   npm run lab -- --hold     without the app: prints how to get into the lab, and keeps it until Ctrl+C
//   npm run lab -- --kvm      /dev/kvm can be opened in it
//   npm run lab -- --no-open  prints the address and opens nothing
import { hasNode } from './setup/node-version.mjs'

if (hasNode()) import('./lab/run.mjs')
