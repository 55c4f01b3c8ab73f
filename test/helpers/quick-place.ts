/** Where the tests' own database lives: in memory where the machine has enough of it, for nobody misses that data after a power cut. */
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'
import { freeBytes, inspectMachine } from '../../src/db/embedded-settings.ts'

const memory = '/dev/shm'
/** Programs, templates, the clones of both workers and the log come to less than half of it. */
const enough = 3 * 1024 ** 3

/**
 * The folder for the tests of a checkout: every run starts with the same one, two checkouts never share one.
 *
 * Files that are made and dropped thousands of times cost a third of an engine run on a disk. Where memory is short (a
 * container with 64 MB of /dev/shm) it is `.tantay/test` of the checkout, as before.
 */
export function quickPlace(checkout: string): string {
  if (!existsSync(memory)) return join(checkout, '.tantay', 'test')
  forgetOldPlaces()
  const place = join(memory, `tantay-test-${process.getuid?.() ?? 0}-${createHash('sha256').update(checkout).digest('hex').slice(0, 12)}`)
  // One that is there is kept: another run may be using it.
  if (existsSync(place)) return place
  if (Math.min(freeBytes(memory), freemem(), inspectMachine(memory).memoryBytes / 2) < enough) return join(checkout, '.tantay', 'test')
  mkdirSync(place, { recursive: true })
  chmodSync(place, 0o755)
  writeFileSync(join(place, 'belongs-to'), checkout)
  return place
}

/** Gives back the memory of checkouts that are gone. */
function forgetOldPlaces(): void {
  for (const name of readdirSync(memory).filter((one) => one.startsWith(`tantay-test-${process.getuid?.() ?? 0}-`))) {
    const owner = join(memory, name, 'belongs-to')
    if (existsSync(owner) && !existsSync(readFileSync(owner, 'utf8'))) rmSync(join(memory, name), { recursive: true, force: true })
  }
}
