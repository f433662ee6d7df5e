export function readArguments(args: readonly string[]): { browser: boolean; yes: boolean; help: boolean }
