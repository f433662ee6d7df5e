import { LabError, labMode, startLab } from './lab.ts'

export type LabAvailability =
  { readonly available: true; readonly mode: 'root' | 'user' } | { readonly available: false; readonly reason: string }

/** Whether a lab can be made here, found out by making one; otherwise the reason in the kernel's own words. */
export async function labAvailability(): Promise<LabAvailability> {
  try {
    const lab = await startLab(['true'], { stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' })
    await lab.exited
    return { available: true, mode: labMode() }
  } catch (error) {
    if (error instanceof LabError) return { available: false, reason: error.message }
    throw error
  }
}
