/** One tick of a server of its own, for the tests that stop, pause and kill it: database URL, data folder, instant and patience are its arguments. */
import { stoppedClock } from '../../src/core/index.ts'
import { connect } from '../../src/db/index.ts'
import { tick } from '../../src/jobs/index.ts'

const [databaseUrl = '', dataDirectory = '', instant = '', patience = ''] = process.argv.slice(2)
const database = await connect(databaseUrl)
process.stdout.write('begun\n')
const ends = await tick({ database, dataDirectory, clock: stoppedClock(instant), timeZone: 'Asia/Ho_Chi_Minh', takeOverAfterSeconds: parseInt(patience, 10) }, { startsAt: 90, latestAt: 240 })
process.stdout.write(`ended ${JSON.stringify(ends)}\n`)
await database.close()
