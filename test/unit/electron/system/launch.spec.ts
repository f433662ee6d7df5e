import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { launch } from '../../../../electron/system/launch.ts'
import { until } from '../../../harness/poll.ts'

it('tells the end of a program that ends at once, with its words', async () => {
  expect(await launch('sh', ['-c', 'echo "no display: $1" >&2; exit 3', 'sh', "it's :0; $(id)"])).toEqual({
    exitCode: 3,
    stderr: "no display: it's :0; $(id)",
  })
})

it('leaves one that goes on alone, in a session of its own', async () => {
  const mark = `vivero-launch-${process.pid}`
  expect(await launch('sh', ['-c', 'sleep 60; true', mark], 300)).toBeNull()
  const pid = execFileSync('pgrep', ['-f', `sleep 60; true ${mark}`], { encoding: 'utf8' }).trim()
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  expect(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]).toBe(pid)
  process.kill(-Number(pid), 'SIGKILL')
  await until('its end', 5_000, () => readFile(`/proc/${pid}/stat`, 'utf8').then((text) => (/\) Z /.test(text) ? true : undefined), () => true))
})

it('says that there is no such program', async () => {
  await expect(launch('vivero-no-such-program', [])).rejects.toMatchObject({ code: 'program-missing', params: { program: 'vivero-no-such-program' } })
})
