/** The table of `vol-list`, the only list of volumes that virsh has. */

/**
 * Names that the rows may mean. A row is the name, blanks and the path; in a folder the path ends with the name, which
 * says where one begins. virsh prints newline and tab as `\x0a` and `\x09`, so a row with a backslash is tried both ways.
 */
export function volumeNames(table: string, folder: string | null): string[] {
  const names = table.split('\n').flatMap((line) => (line.trim() === '' ? [] : [nameOf(line, folder)]))
  return [...new Set(names.flatMap((name) => (/\\x[0-9a-f]{2}/i.test(name) ? [name, unescaped(name)] : [name])))]
}

function nameOf(line: string, folder: string | null): string {
  const row = line.slice(1) // every row begins with one blank
  if (folder !== null) {
    const base = `${folder.replace(/\/$/, '')}/`
    for (let at = row.indexOf(base); at >= 0; at = row.indexOf(base, at + 1)) {
      const name = row.slice(at + base.length)
      if (row.startsWith(name) && row.slice(name.length, at).trim() === '') return name
      // blanks at the end of the row belong to the table, or to the name
      const short = name.trimEnd()
      if (row.startsWith(short) && row.slice(short.length, at).trim() === '') return row.startsWith(name) ? name : short
    }
  }
  return row.trim().split(/\s{2,}/)[0] ?? row.trim()
}

const unescaped = (name: string): string =>
  Buffer.concat(name.split(/(\\x[0-9a-f]{2})/i).map((part) => (/^\\x[0-9a-f]{2}$/i.test(part) ? Buffer.from(part.slice(2), 'hex') : Buffer.from(part)))).toString('utf8')
