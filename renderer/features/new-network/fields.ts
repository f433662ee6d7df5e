import type { HostNetworking } from '../../../shared/model/host-networking.ts'
import type { NetworkFormState } from './use-network-form.ts'

/** What the parts of the form are given. */
export interface FieldsProps {
  readonly state: Pick<NetworkFormState, 'form' | 'dispatch' | 'findings'>
  /** Null where the host cannot be looked at, undefined until it has answered. */
  readonly host: HostNetworking | null | undefined
}

/** Fields in which words are names and numbers, and nothing is to be spelled or filled in by the browser. */
export const plainText = { spellCheck: false, autoComplete: 'off', maxLength: 200 } as const
