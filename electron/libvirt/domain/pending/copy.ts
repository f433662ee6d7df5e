/** From the running machine's document into the stored one, without what belongs to the run alone. */
import { AppError } from '../../../../shared/model/error.ts'
import { attr, child, children, cloneXml, ensureChild, insert, remove, setAttr, type XmlElement } from '../../xml/document.ts'
import { deviceOf, fieldOf } from './device-of.ts'
import { withoutRun } from './without-run.ts'

/** The device as it runs: in its stored place where the next start has it, else as a new one; away where it does not run. */
export function copyDevice(stored: XmlElement, live: XmlElement, field: string): void {
  const devices = ensureChild(stored, 'devices')
  const [running, present] = [deviceOf(live, field), deviceOf(stored, field)]
  if (!running) {
    if (present) remove(devices, present)
    return
  }
  const made = withoutRun(running)
  putPlace(made, devices, present)
  if (!fitsBoot(stored, live)) putBoot(made, present)
  if (present) devices.content.splice(devices.content.indexOf(present), 1, made)
  else insert(devices, made, { after: [made.tag] })
}

/** All devices of an element's name as they run. */
export function copyDevices(stored: XmlElement, live: XmlElement, tag: string): void {
  const devices = ensureChild(stored, 'devices')
  const before = children(devices, tag)
  const at = before[0] ? devices.content.indexOf(before[0]) : -1
  for (const one of before.slice(1)) remove(devices, one)
  const made = children(child(live, 'devices'), tag).map(withoutRun)
  for (const one of made) putPlace(one, devices, undefined, before)
  if (before[0]) devices.content.splice(at, 1, ...made)
  else for (const one of made) insert(devices, one, { after: [tag] })
}

/** The slot that the stored device has; of a new one the slot that it runs in, where nothing else has it at the next start. */
function putPlace(made: XmlElement, devices: XmlElement, present: XmlElement | undefined, gone: readonly XmlElement[] = []): void {
  const address = child(made, 'address')
  const kept = child(present, 'address')
  const taken = children(devices).some((one) => one !== present && !gone.includes(one) && samePlace(child(one, 'address'), address))
  if (address && (present || taken)) remove(made, address)
  if (kept) insert(made, cloneXml(kept))
}

const samePlace = (one: XmlElement | undefined, other: XmlElement | undefined): boolean =>
  one !== undefined && other !== undefined && JSON.stringify(one.attributes) === JSON.stringify(other.attributes)

/** An order of one device alone would be refused where kinds have an order, and may be another's by now. */
function putBoot(made: XmlElement, present: XmlElement | undefined): void {
  const boot = child(made, 'boot')
  if (boot) remove(made, boot)
  const kept = child(present, 'boot')
  if (kept) insert(made, cloneXml(kept), { after: ['mac', 'source', 'target', 'model', 'link', 'readonly', 'shareable', 'driver'] })
}

const ordersOf = (domain: XmlElement): string =>
  JSON.stringify(children(child(domain, 'devices')).filter((one) => child(one, 'boot')).map((one) => [fieldOf(one), attr(child(one, 'boot'), 'order')]))
const fitsBoot = (stored: XmlElement, live: XmlElement): boolean => ordersOf(stored) === ordersOf(live)

/** The order of kinds and of devices; a device that the next start lacks has none. */
export function copyBoot(stored: XmlElement, live: XmlElement): void {
  const os = ensureChild(stored, 'os')
  for (const boot of children(os, 'boot')) remove(os, boot)
  for (const boot of children(child(live, 'os'), 'boot')) insert(os, cloneXml(boot), { after: ['type', 'loader', 'nvram', 'boot'] })
  for (const device of children(child(stored, 'devices'))) {
    for (const boot of children(device, 'boot')) remove(device, boot)
    const boot = child(twinOf(device, stored, live), 'boot')
    if (boot) insert(device, cloneXml(boot), { after: beforeBoot })
  }
}

const beforeBoot = ['mac', 'source', 'target', 'model', 'link', 'readonly', 'shareable', 'driver', 'backend']

function twinOf(device: XmlElement, stored: XmlElement, live: XmlElement): XmlElement | undefined {
  const field = fieldOf(device)
  if (field !== null) return deviceOf(live, field)
  const at = children(child(stored, 'devices'), device.tag).indexOf(device)
  return children(child(live, 'devices'), device.tag)[at]
}

const firmwareParts = ['firmware', 'loader', 'nvram']

export function copyFirmware(stored: XmlElement, live: XmlElement): void {
  const [os, running] = [ensureChild(stored, 'os'), child(live, 'os')]
  for (const tag of firmwareParts) for (const one of children(os, tag)) remove(os, one)
  setAttr(os, 'firmware', attr(running, 'firmware'))
  for (const tag of firmwareParts) for (const one of children(running, tag)) insert(os, cloneXml(one), { after: ['type', ...firmwareParts] })
}

export function copyCpu(stored: XmlElement, live: XmlElement): void {
  const [before, running] = [child(stored, 'cpu'), child(live, 'cpu')]
  if (!running) throw new AppError('unsupported', { name: 'cpu' })
  if (before) stored.content.splice(stored.content.indexOf(before), 1, cloneXml(running))
  else insert(stored, cloneXml(running), { after: ['os', 'features'] })
}

export function copySetting(stored: XmlElement, live: XmlElement, tag: string): void {
  const [before, running] = [child(stored, tag), child(live, tag)]
  if (!running) {
    if (before) remove(stored, before)
  } else if (before) stored.content.splice(stored.content.indexOf(before), 1, cloneXml(running))
  else insert(stored, cloneXml(running), { after: ['vcpu', 'iothreads', 'cputune', 'os', 'features', 'cpu', 'clock', 'on_poweroff', 'on_reboot', 'on_crash', 'pm', 'devices'] })
}
