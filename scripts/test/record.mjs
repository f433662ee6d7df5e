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

const countOf = (results, status) => results.filter((one) => one.status === status).length
const sumOf = (results) => ['passed', 'failed', 'skipped'].map((status) => `${countOf(results, status)} ${status}`).join(', ')

/** Keeps what a run proved: of pages in the other language how many a file, of a soak each test with its outcome and its time. */
export function recordRun(results) {
  if (process.env.VIVERO_OTHER_LANGUAGE === '1') recordOtherLanguage(results.filter((one) => one.layer === 'e2e'))
  else recordSoak(results)
}

function recordSoak(results) {
  const rows = results.map(({ name, status, seconds }) => `| ${name} | ${status} | ${seconds?.toFixed(1) ?? ''} |`)
  record('Soak', ['| Test | Outcome | Seconds |', '|---|---|---|', ...rows, '', sumOf(results)].join('\n'))
}

function recordOtherLanguage(results) {
  const files = [...new Set(results.map(({ file }) => file ?? 'e2e'))].sort()
  const rows = files.map((file) => {
    const ofFile = results.filter((one) => (one.file ?? 'e2e') === file)
    return `| ${file.replace(/^test\/e2e\/|\.spec\.ts$/g, '')} | ${['passed', 'failed', 'skipped'].map((status) => countOf(ofFile, status)).join(' | ')} |`
  })
  const heading = ['| File | Passed | Failed | Skipped |', '|---|---|---|---|']
  record('Pages in the other language', [...heading, ...rows, '', sumOf(results)].join('\n'))
}
