/** The command `tantay`: the same composition as the server, for one command. */
import { Command, CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { addAuditCommand } from './cli/audit.ts'
import { addBackupCommands } from './cli/backups.ts'
import { addCompareCommand } from './cli/compare.ts'
import { addDoctorCommand } from './cli/doctor.ts'
import { addFileCommands } from './cli/files.ts'
import { addKeyCommands } from './cli/keys.ts'
import { addNightCommands } from './cli/night.ts'
import { outageTexts } from './cli/outages.ts'
import { addPersonCommand } from './cli/person.ts'
import { addProfileCommands } from './cli/profiles.ts'
import { addReportCommand } from './cli/reports.ts'
import { addResultCommands } from './cli/results.ts'
import { addRetentionCommand } from './cli/retention.ts'
import { addServerCommands } from './cli/server.ts'
import { addTemplateCommand } from './cli/templates.ts'
import { addUnitCommand } from './cli/units.ts'
import { addUploadCommand } from './cli/upload.ts'
import { addUserCommands } from './cli/users.ts'
import { addWatchCommand } from './cli/watch.ts'
import { exitCodes, Refusal, traceOf } from './core/index.ts'
import { outageOf } from './db/index.ts'

const program = new Command('tantay')
  .description('Tận Tay: who is due social-security money, what reached whom, and who must act; exact to the đồng.')
  .option('--data <folder>', 'where the embedded database and received files are (default: .tantay; DATABASE_URL names a database of your own)')
  .option('--json', 'data as JSON on stdout, one object a line')
  .version(manifest.version)
  .exitOverride()
  .showHelpAfterError('(tantay help <command> tells more)')

addFileCommands(program)
addAuditCommand(program)
addBackupCommands(program)
addCompareCommand(program)
addDoctorCommand(program)
addKeyCommands(program)
addNightCommands(program)
addPersonCommand(program)
addProfileCommands(program)
addResultCommands(program)
addReportCommand(program)
addRetentionCommand(program)
addServerCommands(program)
addTemplateCommand(program)
addUnitCommand(program)
addUploadCommand(program)
addUserCommands(program)
addWatchCommand(program)

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok)
  throw error
})

// What nobody caught: the runtime itself would print every member of the error, and its message may quote a person's data.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    sayCrash(error)
    process.exit(exitCodes.failure)
  })
}

try {
  await program.parseAsync()
} catch (error) {
  const outage = outageOf(error)
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  else if (error instanceof Refusal) {
    process.stderr.write(`tantay: ${error.message}\n`)
    process.exitCode = error.exitCode
  } else if ((error as { code?: unknown }).code === '57P01') {
    // The embedded database was stopped under the command because a signal ended it.
    process.stderr.write('tantay: interrupted; the last published result stands\n')
    process.exitCode = exitCodes.interrupted
  } else if (outage !== null) {
    process.stderr.write(`tantay: ${outageTexts[outage]}\n`)
    process.exitCode = exitCodes.tryAgain
  } else {
    sayCrash(error)
    process.exitCode = exitCodes.failure
  }
}

/** What went wrong and where, without what the error says; errors of the database quote nothing any more (src/db/quiet.ts). */
function sayCrash(error: unknown): void {
  const thrown = error instanceof Error ? error : new Error('thrown')
  const { name, code, where = [] } = traceOf(thrown)
  const said = 'severity' in thrown ? `: ${thrown.message}` : ' (what it says may quote people’s data and is left out)'
  process.stderr.write(`tantay: something went wrong that should not: ${name}${typeof code === 'string' ? ` ${code}` : ''}${said}\n${where.map((line) => `    ${line}\n`).join('')}`)
}
