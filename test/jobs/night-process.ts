/** One tick of a server of its own, for the tests that stop, pause and kill it: database URL, data folder and instant are its arguments. */
import { connect } from '../../src/db/index.ts'
import { tick } from '../../src/jobs/index.ts'
import { timetable, wholeNight } from './whole-night.ts'

const [databaseUrl = '', dataDirectory = '', instant = ''] = process.argv.slice(2)
const database = await connect(databaseUrl)
process.stdout.write('begun\n')
const ends = await tick(wholeNight(database, dataDirectory, instant), timetable)
process.stdout.write(`ended ${JSON.stringify(ends)}\n`)
await database.close()
