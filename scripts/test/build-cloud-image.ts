/** For the soak: a Debian with cloud-init. Where it cannot be built its test is skipped, and says so. */
import { ensureCloudImage } from '../../test/soak/cloud-image.ts'

try {
  process.stdout.write(`${await ensureCloudImage()}\n`)
} catch (problem) {
  process.stdout.write(`There is no cloud image: ${String(problem)}\n`)
}
