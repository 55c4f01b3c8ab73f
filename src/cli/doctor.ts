/** The command doctor: what is wrong with this installation, and what to do. */
import type { Command } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { exitCodes, systemClock } from '../core/index.ts'
import { diagnose, diagnoseRunning, type Diagnosis } from '../db/index.ts'
import { lifeLockClass } from '../jobs/index.ts'
import { configOf, printJson, say, type GlobalOptions } from './context.ts'
import { checkAddress, checkBackups, checkSecrets, checkSharedFolder, checkUploads } from './doctor-surroundings.ts'

/** Adds the command to the program. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('what is wrong with this installation, and what to do (docs/operate.md has a paragraph for each line)')
    .action((_, command: Command) => doctor(command.optsWithGlobals<GlobalOptions>()))
}

async function doctor(options: GlobalOptions): Promise<void> {
  const config = configOf(options)
  const { databaseUrl, dataDirectory } = config
  const now = systemClock.now()
  const diagnoses = await diagnose({
    databaseUrl, dataDirectory, onProgress: say,
    further: async (database) => [
      ...(await diagnoseRunning(database, { now, version: manifest.version, isOwn: databaseUrl !== null, lifeLockClass })),
      await checkSharedFolder(database, dataDirectory, now),
      await checkUploads(database, dataDirectory, now),
    ],
  })
  const around: Diagnosis[] = [...(await checkSecrets(config)), ...checkBackups(config, now), await checkAddress(config, now)]
  for (const diagnosis of [...diagnoses, ...around]) {
    const { check, state, found, remedy } = diagnosis
    if (options.json === true) printJson(diagnosis)
    else process.stdout.write(`${state.padEnd(8)}${check}: ${found}${remedy === null ? '' : `\n        ${remedy}`}\n`)
  }
  if ([...diagnoses, ...around].some(({ state }) => state === 'wrong')) process.exitCode = exitCodes.failure
}
