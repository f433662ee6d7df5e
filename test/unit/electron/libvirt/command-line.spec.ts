import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandLine, withoutSecrets, type LineOptions } from '../../../../electron/libvirt/command-line.ts'
import { documentLine, previewLine } from '../../../../electron/libvirt/virsh.ts'
import { words } from '../../words.ts'
import { encodeAttribute } from '../../../../electron/libvirt/xml/entities.ts'

/** Stands for virsh: prints its arguments, each ended by a zero byte, and the document; `echo --xml` writes as XML has it. */
const stub = String.raw`virsh() {
  if [ "$1 $2 $3" = '-q echo --xml' ]; then
    printf '%s' "$5" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' -e 's/"/\&quot;/g' -e "s/'/\&apos;/g"
    return
  fi
  printf '%s\0' "$SETTING"
  for word; do [ "$word" = /dev/stdin ] || printf '%s\0' "$word"; done
  for word; do [ "$word" = /dev/stdin ] && cat; done; true
}
`

interface Ran {
  readonly setting: string
  readonly words: readonly string[]
  readonly document: string
}

/** Pastes the line into a shell; `typed` is what the person types where it asks. */
function paste(line: string, typed = '', shell = 'bash'): Ran {
  const output = execFileSync(shell, ['-c', stub + line], { encoding: 'utf8', input: typed })
  const [setting = '', ...rest] = output.split('\0')
  return { setting, words: rest.slice(0, -1), document: rest.at(-1) ?? '' }
}

const target = { uri: 'qemu:///system', connection: 'c1' }

describe('a line of the command log', () => {
  it('gives a plain shell the same words', () => {
    const words = ['virsh', '-c', 'qemu:///system', 'desc', "--domain=it's", '--new-desc=a\nb\t$(id) "x"']
    for (const shell of ['sh', 'bash']) expect(paste(commandLine(words), '', shell).words).toEqual(words.slice(1))
  })

  it('is shown as a person would write it', () => {
    expect(previewLine(target, ['start', '--domain=one'])).toBe('virsh -c qemu:///system start --domain=one')
    expect(documentLine(target, ['define', '--validate'], '<domain/>\n')).toBe(
      "virsh -c qemu:///system define --validate /dev/stdin <<'XML'\n<domain/>\nXML",
    )
  })

  it('sets what the command takes from the environment', () => {
    const line = commandLine(['virsh', 'desc'], { env: { SETTING: 'truncate -s 0' } })
    expect(line).toBe("SETTING='truncate -s 0' virsh desc")
    expect(paste(line).setting).toBe('truncate -s 0')
  })

  it('carries any document, whatever stands in it', () => {
    const documents = ['<a>$HOME `id` $(id) \\ \\\\</a>', 'XML', 'XML\nXML1\n', '<a/>\n\n', "'XML'", '\tXML', 'XML ']
    for (const document of documents) {
      const line = commandLine(['virsh', 'define'], { document })
      for (const shell of ['sh', 'bash']) expect(paste(line, '', shell).document, document).toBe(`${document.replace(/\n$/, '')}\n`)
    }
  })
})

describe('a secret', () => {
  const options = (value: string, more: LineOptions = {}): LineOptions => ({ ...more, secrets: [{ value, escaped: encodeAttribute(value) }] })

  it('is asked for and not shown in a word', () => {
    const line = commandLine(['virsh', 'set', '--password=hunter2'], options('hunter2'))
    expect(line).toBe('read -rs SECRET\nvirsh set --password="$SECRET"')
    expect(paste(line, 'hunter2\n').words).toEqual(['set', '--password=hunter2'])
  })

  it('is asked for and not shown in a document', () => {
    const document = "<graphics type='vnc' passwd='$a&amp;b`'><x>\\ $HOME</x></graphics>"
    const line = commandLine(['virsh', 'define'], options('$a&b`', { document }))
    expect(line).not.toContain('$a')
    expect(paste(line, '$a&b`\n').document).toBe(`${document}\n`)
  })

  it('several have a variable each', () => {
    const secrets = [{ value: 'one' }, { value: 'two' }, { value: '' }]
    const line = commandLine(['virsh', 'x', 'one', 'two', 'one-two'], { secrets })
    expect(line.split('\n').slice(0, -1)).toEqual(['read -rs SECRET', 'read -rs SECRET2'])
    expect(line.split('\n').at(-1)).not.toMatch(/one|two/)
    expect(paste(line, 'one\ntwo\n').words).toEqual(['x', 'one', 'two', 'one-two'])
  })

  it('stands nowhere in the line, whatever it is made of', () => {
    const secret = fc.stringMatching(/^[\w$&<>"'`\\ ]{4,12}$/).filter((value) => value.trim() === value)
    fc.assert(
      fc.property(secret, fc.array(words(), { maxLength: 3 }), (value, list) => {
        fc.pre(!'read -rs SECRET virsh define echo --xml'.includes(value))
        const around = list.map((word) => word.replaceAll(value, ''))
        const document = `<graphics passwd="${encodeAttribute(value)}"/>`
        const line = commandLine(['virsh', 'define', ...around, value], options(value, { document }))
        expect(paste(line, `${value}\n`)).toMatchObject({ words: ['define', ...around, value], document: `${document}\n` })
        expect(line.slice(line.lastIndexOf(' /dev/stdin <<'))).not.toContain(encodeAttribute(value))
      }),
      { numRuns: 60 },
    )
  })

  it('is masked in messages, as it is and as XML writes it', () => {
    const secrets = [{ value: 'a&b', escaped: 'a&amp;b' }, { value: '' }]
    expect(withoutSecrets("unknown 'a&b' in passwd='a&amp;b'", secrets)).toBe("unknown '***' in passwd='***'")
    expect(withoutSecrets('nothing to hide')).toBe('nothing to hide')
  })
})
