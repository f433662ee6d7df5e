/** The project's own few entries, and those of the settings, in the same words. */
import { z } from 'zod'
import cirros from '../../../assets/catalogue/cirros.json' with { type: 'json' }
import debian from '../../../assets/catalogue/debian.json' with { type: 'json' }
import fedora from '../../../assets/catalogue/fedora.json' with { type: 'json' }
import ubuntu from '../../../assets/catalogue/ubuntu.json' with { type: 'json' }
import { catalogueSource } from '../../../shared/contract/catalogue.ts'
import type { CatalogueSource } from '../../../shared/model/catalogue.ts'

/** In the order in which they are shown: the smallest first, which is ready within a minute. */
export const ownEntries: readonly CatalogueSource[] = z.array(catalogueSource).parse([cirros, debian, ubuntu, fedora])
