export type AptState =
  | { readonly phase: 'fetching'; readonly percent: number }
  | { readonly phase: 'installing'; readonly name: string; readonly percent: number }
export function followApt(): (line: string) => AptState | undefined
