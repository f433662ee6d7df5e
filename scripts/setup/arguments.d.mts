interface Wishes {
  readonly browser: boolean
  readonly yes: boolean
  readonly help: boolean
}
export function readArguments(args: readonly string[]): Wishes & { readonly dev: boolean }
export interface LabWishes extends Wishes {
  readonly hold: boolean
  readonly kvm: boolean
  readonly 'no-open': boolean
}
export function readLabArguments(args: readonly string[]): LabWishes
