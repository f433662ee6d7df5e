// Reads how far apt-get is from what it prints (`-q`, English). Its machine-readable APT::Status-Fd is no way: on
// descriptor 1 the packages' own scripts lose their output and fail, and sudo closes every other descriptor.

/** Follows the lines of one `apt-get install`; each call gives what is being done, or undefined for a line that says nothing. */
export function followApt() {
  let total = 0
  let fetched = 0
  let set = 0
  const share = (done, all) => (all > 0 ? Math.min(99, Math.floor((done / all) * 100)) : 0)
  return (line) => {
    const summary = /^(\d+) upgraded, (\d+) newly installed/.exec(line)
    if (summary) total = Number(summary[1]) + Number(summary[2])
    if (/^Get:\d+ /.test(line)) {
      fetched += 1
      return { phase: 'fetching', percent: share(fetched, total) }
    }
    const step = /^(Unpacking|Setting up) ([^\s:(]+)/.exec(line)
    if (step === null) return undefined
    // Each package is unpacked first and set up later.
    set += 1
    return { phase: 'installing', name: step[2], percent: share(set, total * 2) }
  }
}
