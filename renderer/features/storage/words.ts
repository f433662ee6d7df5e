import type { TFunction } from 'i18next'
import type { Pool, PoolType } from '../../../shared/model/storage.ts'

/** The kinds of pools that have words of their own here; libvirt may know others. */
const types = [
  'dir', 'fs', 'netfs', 'logical', 'disk', 'iscsi', 'iscsi-direct', 'scsi', 'mpath', 'rbd', 'sheepdog', 'gluster', 'zfs', 'vstorage',
] as const

/** "Folder (dir)", or libvirt's own word. */
export function typeText(t: TFunction, { type }: Pick<PoolType, 'type'>): string {
  const known = types.find((one) => one === type)
  return known ? t('storage:typeNamed', { name: t(`storage:types.${known}`), type }) : type
}

/** The share of a pool's place that is taken, from 0 to 1; null while that is not known. */
export function usedShare(pool: Pool): number | null {
  return pool.active && pool.capacityBytes > 0 ? (pool.capacityBytes - pool.availableBytes) / pool.capacityBytes : null
}

/** The last part of a path or an address, as a volume's name. */
export function nameOfSource(source: string): string {
  const plain = /^https?:/i.test(source) ? source.replace(/[?#].*$/, '') : source
  return plain.replace(/\/+$/, '').split('/').at(-1) ?? ''
}
