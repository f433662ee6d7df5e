import { labAvailability } from '../../electron/lab/index.ts'

process.stdout.write(JSON.stringify(await labAvailability()))
