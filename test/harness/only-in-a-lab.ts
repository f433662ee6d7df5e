import { requireLab } from './user.ts'

// Loaded before each test file of a lab layer: outside a lab nothing of it may run, it would meet the person's libvirt.
if (process.env['VIVERO_LISTING'] !== '1') requireLab()
