import { stat } from 'node:fs/promises'

/** Whether something is at the path, behind links too; no where this user may not look. */
export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
