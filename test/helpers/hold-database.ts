/** A process that uses an embedded database until its stdin ends or it is killed; says `ready <url>` when it has it. */
import { startEmbedded } from '../../src/db/index.ts'

// Added before the database is opened, as the web server does.
if (process.argv[3] === 'own-handler') {
  process.once('SIGTERM', () => {
    void server.close().then(() => process.exit(0))
  })
}
const server = await startEmbedded({ dataDirectory: process.argv[2] ?? '', isDurable: process.argv[3] === 'durable' })
process.stdout.write(`ready ${server.databaseUrl}\n`)
process.stdin.resume()
process.stdin.once('end', () => {
  if (process.argv[3] === 'without-closing') process.exit(3)
  void server.close().then(() => process.stdout.write('closed\n'))
})
