/** What a night of the tests does and how long it waits, in the test's own process and in those that it starts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stoppedClock } from '../../src/core/index.ts'
import { stateDigest, type Database } from '../../src/db/index.ts'
import type { NightSurroundings } from '../../src/jobs/index.ts'
import { loadSigningKey } from '../../src/signing/index.ts'
import { signHead } from '../../src/trail/index.ts'

/** How long a server of the tests waits for one that gives no sign of life. */
export const patienceSeconds = 1
export const timetable = { startsAt: 90, latestAt: 240 }

/** What a whole night needs at an instant: it signs as the product does, and its backup is the digest of the whole state in a file (a real one is made in test/operations). */
export function wholeNight(database: Database, dataDirectory: string, instant: string): NightSurroundings {
  return {
    database, dataDirectory, clock: stoppedClock(instant), timeZone: 'Asia/Ho_Chi_Minh', takeOverAfterSeconds: patienceSeconds,
    signTrail: async () => (await signHead(database, { key: await loadSigningKey(join(dataDirectory, 'key.pem')), at: instant, folders: [join(dataDirectory, 'heads')] })).written.length,
    backUp: async () => {
      const { digest } = await stateDigest(database)
      mkdirSync(join(dataDirectory, 'backups'), { recursive: true })
      writeFileSync(join(dataDirectory, 'backups', `${instant.replaceAll(':', '')} ${process.pid}`), digest)
      return 1
    },
  }
}
