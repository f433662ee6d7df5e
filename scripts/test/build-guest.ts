import { ensureGuest } from '../../test/guest/index.ts'

const { disk } = await ensureGuest()
process.stdout.write(`${disk}\n`)
