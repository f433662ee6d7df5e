import { webWorld } from './harness.ts'
import { testContract } from './suite.ts'

testContract('a WebSocket', webWorld, { native: false })
