import { describe, expect, it } from 'vitest'
import { listLines, virshLine } from '../../../../renderer/app/virsh-line.ts'
import { exampleUuid } from '../../examples.ts'

const uuid = exampleUuid(1)
const line = (name: string): string => virshLine('qemu:///session', 'net-dumpxml', { name, uuid })

describe('the command that shows what a page shows', () => {
  it('names the object, quoted where a shell would change it', () => {
    expect(line('default')).toBe('virsh -c qemu:///session net-dumpxml default')
    expect(line('aula 1')).toBe("virsh -c qemu:///session net-dumpxml 'aula 1'")
    expect(line("d'or")).toBe(String.raw`virsh -c qemu:///session net-dumpxml 'd'\''or'`)
    expect(virshLine('test:///a b', 'pool-dumpxml', { name: 'x', uuid })).toBe("virsh -c 'test:///a b' pool-dumpxml x")
  })

  it.each(['--all', exampleUuid(2), exampleUuid(2).replaceAll('-', ''), 'a\nb', 'a\tb'])(
    'takes the UUID where %j would be read as something else',
    (name) => expect(line(name)).toBe(`virsh -c qemu:///session net-dumpxml ${uuid}`),
  )

  it('lists what every open connection has', () => {
    expect(listLines(['qemu:///session', 'test:///a b'], 'net-list')).toBe("virsh -c qemu:///session net-list --all\nvirsh -c 'test:///a b' net-list --all")
  })
})
