import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { summaryText } from '../../../../renderer/features/networks/summary-words.ts'
import { summariseMachine } from '../../../../shared/model/network-summary.ts'
import { exampleDomain, exampleNetwork, exampleUuid } from '../../examples.ts'
import { speak } from '../words.ts'

let t: TFunction
beforeAll(async () => {
  t = await speak('es')
})

const mac = '52:54:00:00:00:0a'
const nat = exampleNetwork({ name: 'red-nat' })
const machine = exampleDomain({
  uuid: exampleUuid(1), name: 'debian12', title: 'Debian | 12\tdel\naula', state: 'running', cards: [{ type: 'network', source: 'red-nat', mac }],
  addresses: [{ address: '192.168.122.41', prefix: 24, mac, origin: 'lease' }],
})
const lines = summariseMachine(machine, [nat])

describe('S3.17 the summary for a report', () => {
  it('is text with everything about a card', () => {
    expect(summaryText(t, lines, 'text').split('\n')).toEqual([
      'Máquina: Debian | 12 del aula',
      'Estado: encendida',
      'Red: red-nat',
      'Tipo: NAT',
      `MAC: ${mac}`,
      'Dirección: 192.168.122.41/24',
      'Asignada por: el DHCP de la red',
      'Puerta de enlace: 192.168.122.1',
      'DNS: 192.168.122.1',
      'Llega al exterior: sí',
      'Llega al anfitrión: sí',
      'Llega a otras máquinas: sí',
    ])
  })

  it('is a table with a column each, whatever a name holds', () => {
    const [head = '', row = '', ...rest] = summaryText(t, lines, 'tabs').split('\n')
    expect(rest).toEqual([])
    expect(head.split('\t')).toHaveLength(12)
    expect(row.split('\t')).toHaveLength(12)
    expect(row.split('\t')[0]).toBe('Debian | 12 del aula')
    const markdown = summaryText(t, lines, 'markdown').split('\n')
    expect(markdown[1]).toMatch(/^\|( --- \|){12}$/)
    expect(markdown[2]).toContain(String.raw`| Debian \| 12 del aula |`)
  })

  it('of a network begins with the network, and says where nobody is on it', () => {
    expect(summaryText(t, [], 'text', nat)).toBe(
      'Red: red-nat\nTipo: NAT\nSubred: 192.168.122.0/24 (DHCP 192.168.122.2 – 192.168.122.254)\nPuente: virbr0\n\nNinguna máquina está conectada.',
    )
    expect(summaryText(t, lines, 'text', nat)).toMatch(/^Red: red-nat\n[^]*\n\nMáquina: /)
    expect(summaryText(t, [], 'tabs', nat)).toContain('Ninguna máquina está conectada.')
  })

  it('says why there is no address, and what to set', () => {
    const isolated = exampleNetwork({ name: 'red-aislada', kind: 'isolated', addresses: [{ family: 'ipv4', address: '192.168.102.1', prefix: 24, ranges: [], hosts: [] }] })
    const moved = { ...machine, addresses: [], cards: [{ type: 'network', source: 'red-aislada', mac }] }
    const text = summaryText(t, summariseMachine(moved, [isolated]), 'text')
    expect(text).toContain('Dirección: estática, configurada en la máquina (p. ej. 192.168.102.2/24)')
    expect(text).toContain('Puerta de enlace: ninguna')
    expect(text).toContain('Llega al exterior: no')
  })
})
