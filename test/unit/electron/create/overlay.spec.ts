import { describe, expect, it } from 'vitest'
import { checkMedium } from '../../../../electron/create/checks/medium.ts'
import { checkTarget } from '../../../../electron/create/checks/target.ts'
import type { MediaOrigin } from '../../../../shared/model/media.ts'
import type { MachinePlan } from '../../../../shared/model/plan.ts'
import { makesDisk } from '../../../../shared/model/plan-rules.ts'
import { exampleImage, examplePlan } from '../../examples.ts'
import { exampleContext, said } from './example.ts'

const GiB = 1024 ** 3
const check = async (imageUse: MachinePlan['imageUse'], origin: MediaOrigin): Promise<string[]> => {
  const media = { ...exampleImage(), origin }
  const plan = examplePlan({ mediaKind: 'disk', mediaPath: media.path, imageUse, diskBytes: imageUse === 'in-place' ? null : GiB })
  const found = said(await checkMedium(await exampleContext({ plan, inspected: { media, recognition: null } })))
  return found.filter((one) => /image-in-library|overlay-elsewhere/.test(one))
}

describe('an image of the library', () => {
  it('is built on or copied, and never written into', async () => {
    expect(await check('overlay', 'library')).toEqual([])
    expect(await check('copy', 'library')).toEqual([])
    expect(await check('in-place', 'library')).toEqual(['error imageUse image-in-library'])
  })

  it('is the only one that can be built on: others may go any day', async () => {
    for (const origin of ['pool', 'downloads', 'recent', 'picked'] as const) expect(await check('overlay', origin)).toEqual(['error imageUse overlay-elsewhere'])
  })

  it('gets a disk of its own that is no smaller', async () => {
    expect(makesDisk({ mediaKind: 'disk', imageUse: 'overlay', diskBytes: GiB })).toBe(true)
    const media = { ...exampleImage(), origin: 'library' as const, virtualSizeBytes: 2 * GiB }
    const plan = examplePlan({ mediaKind: 'disk', mediaPath: media.path, imageUse: 'overlay', diskBytes: GiB })
    expect(said(await checkTarget(await exampleContext({ plan, inspected: { media, recognition: null } })))).toContain('error diskBytes disk-under-image')
  })
})
