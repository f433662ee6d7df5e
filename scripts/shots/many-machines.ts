const titles = ['Servidor web', 'Base de datos de alumnos', 'Puesto', 'Cortafuegos', 'Copia de seguridad', 'Ubuntu 22.04 LTS']
const names = ['web', 'basedatos-alumnos', 'puesto', 'cortafuegos', 'copia', 'ubuntu22.04']
/** libvirt's numbers: running, paused, shut off, crashed. https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainState */
const states = [1, 5, 5, 1, 3, 5, 1, 6, 5]

/** Machines of libvirt's test driver as it reads them from a file: names of all lengths, every state. */
export function manyMachines(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const kind = index % titles.length
    const number = String(index + 1)
    const uuid = `00000000-0000-4000-8000-${number.padStart(12, '0')}`
    return `<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>
      <name>${names[kind] ?? ''}-${number}</name><uuid>${uuid}</uuid><title>${titles[kind] ?? ''} ${number}</title>
      <memory unit='MiB'>${String(512 * 2 ** (index % 6))}</memory><vcpu>${String(1 + (index % 8))}</vcpu><os><type>hvm</type></os>
      <test:runstate>${String(states[index % states.length])}</test:runstate>
    </domain>`
  }).join('')
}
