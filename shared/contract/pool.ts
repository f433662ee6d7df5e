import { z } from 'zod'
import type { MachineName, Pool, PoolType, StorageFinding, UsedVolume } from '../model/storage.ts'
import type { SavedXml } from '../model/xml-edit.ts'
import { call, connectionId, editedXml, objectRef, onConnection, pathText, shortText, uuid } from './define.ts'

/** A pool that is a folder; the path as a person types it. */
const poolWish = { connection: connectionId, name: shortText, path: z.string().max(4_096) }
/** A file of this person that goes into a pool under that name. */
const volumeWish = { connection: connectionId, uuid, source: pathText, name: shortText }

export const poolRequests = {
  'pool.list': call(onConnection)<readonly Pool[]>(),
  /** Volumes of a pool; refresh first reads the folder again. */
  'pool.volumes': call(z.strictObject({ connection: connectionId, uuid, refresh: z.boolean() }))<readonly UsedVolume[]>(),
  /** The kinds of pools that libvirt knows, those that it can run here first. */
  'pool.types': call(onConnection)<readonly PoolType[]>(),
  /** What is to be said about a pool before it is made, and its folder with `~` expanded. */
  'pool.check': call(z.strictObject(poolWish))<{ readonly path: string; readonly findings: readonly StorageFinding[] }>(),
  /** Defines it; with `start` its folder is made too, and it runs now and with its host. What fails leaves nothing. Errors: invalid-input (params.finding). */
  'pool.create': call(z.strictObject({ ...poolWish, start: z.boolean() }))<{ readonly uuid: string }>(),
  /** The pool `default` in libvirt's own folder for disks, made like any other, and running. */
  'pool.create-default': call(onConnection)<{ readonly uuid: string }>(),
  /** Makes the folder: as this person where that person may, else by libvirt. Errors: permission-denied. */
  'pool.build': call(objectRef)<void>(),
  /** Errors: already-active, folder-missing (with pool.build among the remedies). */
  'pool.start': call(objectRef)<void>(),
  /** Machines that have disks in it run on. Errors: not-active. */
  'pool.stop': call(objectRef)<void>(),
  /** Stops it where it is on, and forgets it; its files stay. */
  'pool.delete': call(objectRef)<void>(),
  /** Machines whose disks name the pool instead of paths: without it they do not start. Errors: not-found. */
  'pool.needed-by': call(objectRef)<readonly MachineName[]>(),
  /** Whether the pool starts with libvirt: with the host, or with the person's session. Errors: not-found, not-persistent. */
  'pool.set-autostart': call(z.strictObject({ connection: connectionId, uuid, autostart: z.boolean() }))<void>(),
  'pool.xml': call(objectRef)<{ readonly xml: string }>(),
  /** Stores its document as a person has edited it. Errors: not-found, not-persistent, conflict, xml-invalid (params.line), xml-uuid, xml-name. */
  'pool.define-xml': call(editedXml)<SavedXml>(),
  /** What is to be said before a file goes into a pool, and its size where it can be read. */
  'volume.check': call(z.strictObject(volumeWish))<{ readonly sizeBytes: number | null; readonly findings: readonly StorageFinding[] }>(),
  /** Puts a file into a pool, as a job; cancelled or failed it leaves nothing. Errors: invalid-input (params.finding). */
  'volume.add': call(z.strictObject(volumeWish))<{ readonly job: string }>(),
  /** Errors: not-found, volume-used, volume-base (params.names): libvirt would delete it all the same. */
  'volume.delete': call(z.strictObject({ connection: connectionId, uuid, path: pathText }))<void>(),
}
