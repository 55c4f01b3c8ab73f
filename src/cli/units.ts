/** The command about published lists of administrative units: import-units. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { exitCodes, parseDay, Refusal, sha256Of } from '../core/index.ts'
import { readUnits } from '../formats/index.ts'
import { say, withDatabase } from './context.ts'
import { takeIn, tellReceipt } from './files.ts'

/** A whole nation's list, old and new, is a tenth of it. */
const maximumBytes = 67_108_864

/** Adds the command to the program. */
export function addUnitCommand(program: Command): void {
  program
    .command('import-units')
    .description('take in a published JSON list of provinces and communes, and what they succeeded, as files of the kinds administrative_unit and unit_succession')
    .argument('<file>', 'provinces with wards inside, flat lists of units, or tables provinces, wards, ward_mappings')
    .requiredOption('--valid-from <date>', 'the first day on which the units of the list are there, for example 2025-07-01')
    .option('--legal-basis <text>', 'the decision that made them, kept with each unit', '')
    .option('--source <name>', 'who published the list')
    .action(async (path: string, { validFrom, legalBasis, source }: { validFrom: string; legalBasis: string; source?: string }, command: Command) => {
      const day = parseDay(validFrom)
      if (day === null) throw new Refusal('usage', 'date_invalid', `--valid-from ${validFrom} is no date; write YYYY-MM-DD`)
      const bytes = await readWhole(path)
      const { administrativeUnits, unitSuccessions, counts } = readUnits(bytes.toString('utf8'), { validFrom: day, legalBasis })
      const { provinces, districts, communes, successions, leftOut } = counts
      say(`${basename(path)} (SHA-256 ${sha256Of(bytes).slice(0, 12)}…): ${provinces} provinces, ${districts} districts, ${communes} communes, ${successions} successions; ${leftOut} objects with a code were no unit`)
      await withDatabase(command.optsWithGlobals(), async (context) => {
        const folder = await mkdtemp(join(tmpdir(), 'tantay-units-'))
        try {
          const base = basename(path).replace(/\.json$/i, '')
          for (const [kind, text] of [['administrative_unit', administrativeUnits], ['unit_succession', unitSuccessions]] as const) {
            if (text === null) continue
            const file = join(folder, `${base}.${kind}.csv`)
            await writeFile(file, text, { mode: 0o600 })
            const [receipt] = await takeIn(context, [file], { kind, source: source ?? base })
            if (receipt === undefined) continue
            await tellReceipt(context, receipt, file)
            if (receipt.refusal !== null) process.exitCode = exitCodes.fileRefused
          }
        } finally {
          await rm(folder, { recursive: true, force: true })
        }
      })
    })
}

async function readWhole(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size > maximumBytes) throw new Refusal('fileRefused', 'file_too_large', `${path} has ${size} bytes; a list of units has at most ${maximumBytes}`)
    return await readFile(path)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('failure', 'file_unreadable', `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`)
  }
}
