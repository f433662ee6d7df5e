/** The names alone, without schemas: the sandboxed preload has no room for zod. A test pins this list to `requests`. */
import type { RequestName } from './index.ts'

export const requestNames = [
  'app.info', 'app.view', 'app.close', 'settings.get', 'settings.update', 'job.list', 'job.cancel', 'job.pause', 'job.resume', 'job.take-back', 'job.dismiss', 'command.list', 'command.clear',
  'file.list', 'desktop.pick-file', 'desktop.open-folder', 'desktop.open-address', 'desktop.read-clipboard', 'desktop.write-clipboard',
  'connection.list', 'connection.add', 'connection.check', 'connection.connect', 'connection.disconnect', 'connection.remove', 'connection.update',
  'domain.list', 'domain.get', 'domain.start', 'domain.suspend', 'domain.resume', 'domain.shutdown', 'domain.reboot', 'domain.destroy', 'domain.reset',
  'domain.save', 'domain.discard-save', 'domain.deletion-files', 'domain.delete', 'domain.edit', 'domain.edit-limits', 'domain.apply-pending', 'domain.discard-pending', 'domain.change-media', 'domain.remove-interface', 'domain.card-choices', 'domain.add-interface', 'domain.change-interface', 'domain.port-forwards', 'domain.set-port-forwards',
  'domain.open-file', 'domain.add-vnc', 'domain.remove-vnc', 'domain.log',
  'domain.disk-errors', 'domain.xml', 'domain.define-xml', 'domain.screenshot', 'domain.save-screenshot',
  'network.list', 'network.leases', 'network.start', 'network.stop', 'network.delete', 'network.set-autostart', 'network.xml', 'network.define-xml',
  'network.restart', 'network.host', 'network.check', 'network.preview', 'network.create', 'network.check-edit', 'network.preview-edit', 'network.edit',
  'pool.list', 'pool.volumes', 'pool.types', 'pool.check', 'pool.create', 'pool.create-default', 'pool.build',
  'pool.start', 'pool.stop', 'pool.delete', 'pool.needed-by', 'pool.set-autostart', 'pool.xml', 'pool.define-xml', 'volume.check', 'volume.add', 'volume.delete',
  'media.list', 'media.inspect', 'system.search', 'creation.propose', 'creation.check', 'creation.preview', 'creation.start', 'catalogue.search', 'download.start', 'library.list', 'library.remove', 'ssh-key.list', 'first-start.read',
  'console.display', 'console.serial', 'console.viewer', 'console.open-viewer', 'console.send-keys',
] as const satisfies readonly RequestName[]

type Missing = Exclude<RequestName, (typeof requestNames)[number]>
/** A compile error here names a request that the list lacks. */
export const complete: [Missing] extends [never] ? true : Missing = true
