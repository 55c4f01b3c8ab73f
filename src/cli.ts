/** The command `tantay`: the same composition as the server, for one command. */
import { Command, CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { addAuditCommand } from './cli/audit.ts'
import { addCompareCommand } from './cli/compare.ts'
import { addFileCommands } from './cli/files.ts'
import { addKeyCommands } from './cli/keys.ts'
import { addProfileCommands } from './cli/profiles.ts'
import { addReportCommand } from './cli/reports.ts'
import { addResultCommands } from './cli/results.ts'
import { addServerCommands } from './cli/server.ts'
import { addTemplateCommand } from './cli/templates.ts'
import { addUnitCommand } from './cli/units.ts'
import { addUploadCommand } from './cli/upload.ts'
import { addUserCommands } from './cli/users.ts'
import { addWatchCommand } from './cli/watch.ts'
import { exitCodes, Refusal } from './core/index.ts'

const program = new Command('tantay')
  .description('Tận Tay: who is due social-security money, what reached whom, and who must act; exact to the đồng.')
  .option('--data <folder>', 'where the embedded database and received files are (default: .tantay; DATABASE_URL names a database of your own)')
  .option('--json', 'data as JSON on stdout, one object a line')
  .version(manifest.version)
  .exitOverride()
  .showHelpAfterError('(tantay help <command> tells more)')

addFileCommands(program)
addAuditCommand(program)
addCompareCommand(program)
addKeyCommands(program)
addProfileCommands(program)
addResultCommands(program)
addReportCommand(program)
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

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  else if (error instanceof Refusal) {
    process.stderr.write(`tantay: ${error.message}\n`)
    process.exitCode = error.exitCode
  } else if ((error as { code?: unknown }).code === '57P01') {
    // The embedded database was stopped under the command because a signal ended it.
    process.stderr.write('tantay: interrupted; the last published result stands\n')
    process.exitCode = exitCodes.interrupted
  } else {
    process.stderr.write(`tantay: something went wrong that should not: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exitCode = exitCodes.failure
  }
}
