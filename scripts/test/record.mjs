import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { repository } from './processes.mjs'

const page = `${repository}/docs/measurements.md`
const head = '# Measurements\n\nWhat `npm run soak` and `npm run bench` printed, newest first.\n'

/** Date and versions that a measurement belongs to, in one line. */
export function surroundings() {
  const first = (program, args) => {
    try {
      return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n')[0]
    } catch {
      return `no ${program}`
    }
  }
  const qemu = /version (\S+)/.exec(first('qemu-system-x86_64', ['--version']))?.[1] ?? 'none'
  const parts = [`libvirt ${first('virsh', ['--version'])}`, `QEMU ${qemu}`, `Node ${process.versions.node}`]
  const date = new Date().toISOString().slice(0, 10)
  return [date, ...parts, `Linux ${release()}`, `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}`].join(' · ')
}

/** Puts a section on top of docs/measurements.md; `title` and `body` are Markdown. */
export function record(title, body) {
  const old = existsSync(page) ? readFileSync(page, 'utf8').slice(head.length) : ''
  writeFileSync(page, `${head}\n## ${title}\n\n${surroundings()}\n\n${body.trim()}\n${old}`)
}

/** Keeps what a soak proved: each test with its outcome and its time. */
export function recordSoak(results) {
  const rows = results.map(({ name, status, seconds }) => `| ${name} | ${status} | ${seconds?.toFixed(1) ?? ''} |`)
  const count = (status) => results.filter((one) => one.status === status).length
  const sum = `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`
  record('Soak', ['| Test | Outcome | Seconds |', '|---|---|---|', ...rows, '', sum].join('\n'))
}
