import { uiServices, type FilePurpose } from './services.ts'

export interface PickRequest {
  readonly purpose: FilePurpose
  readonly start: string
  readonly resolve: (path: string | null) => void
}

let pending: PickRequest | null = null
const listeners = new Set<() => void>()

function setPending(request: PickRequest | null): void {
  pending = request
  for (const listener of listeners) listener()
}

/** The file browser that is asked for, or null; for useSyncExternalStore. */
export function pendingPick(): PickRequest | null {
  return pending
}

export function onPendingPick(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Asks the person for a file or folder: by the desktop's dialog where there is one, else by the app's own browser.
 * Null where the person cancelled.
 */
export async function pickFile(ask: {
  readonly purpose: FilePurpose
  readonly start?: string | null
}): Promise<string | null> {
  const services = uiServices()
  if (services.nativeDialogs()) return services.pickNative(ask.purpose, ask.start ?? null)
  pending?.resolve(null)
  return new Promise((resolve) => {
    const finish = (path: string | null): void => {
      setPending(null)
      resolve(path)
    }
    setPending({ purpose: ask.purpose, start: ask.start ?? services.startFolder(), resolve: finish })
  })
}
