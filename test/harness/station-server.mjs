/**
 * One computer on a test's network, started by station.ts: answers each HTTP request on port 7000 with its name and the
 * address that the caller has from here, and asks the addresses that come in on its standard input.
 */
import { createServer, get } from 'node:http'
import { createInterface } from 'node:readline'

const [name, port] = [process.argv[2], 7000]
const caller = (socket) => String(socket.remoteAddress).replace(/^::ffff:/, '')

createServer((request, response) => response.end(`${name} ${caller(request.socket)}\n`)).listen(port, () => {
  process.stdout.write('ready\n')
})

/** What the one at the address says, or the code of the error. */
const ask = (host) =>
  new Promise((resolve) => {
    const asked = get({ host, port, path: '/cgi-bin/who', agent: false, signal: AbortSignal.timeout(2_000) }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (more) => (text += more))
      response.once('end', () => resolve(text.trim())).once('error', (error) => resolve(error.code))
    })
    asked.once('error', (error) => resolve(error.name === 'AbortError' ? 'no answer' : error.code))
  })

createInterface({ input: process.stdin }).on('line', (address) => {
  void ask(address).then((answer) => process.stdout.write(`${address}: ${answer}\n`))
})
process.stdin.once('end', () => process.exit())
