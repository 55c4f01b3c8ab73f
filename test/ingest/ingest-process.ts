/** One ingest in a process of its own, for the tests that kill it: database URL, data folder and file are its arguments. */
import { systemClock } from '../../src/core/index.ts'
import { connect } from '../../src/db/index.ts'
import { ingestFile } from '../../src/ingest/index.ts'

const [databaseUrl = '', dataDirectory = '', path = ''] = process.argv.slice(2)
const database = await connect(databaseUrl)
process.stdout.write('begun\n')
const receipt = await ingestFile(database, { path }, { clock: systemClock, dataDirectory })
process.stdout.write(`${receipt.status}\n`)
await database.close()
