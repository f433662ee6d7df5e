export function ConsolePage(_: {connection:string,uuid:string}) { return null }
