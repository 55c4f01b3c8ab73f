/** The command about one person: what is stored about them, for whoever asks for it. */
import type { Command } from 'commander'
import { open } from 'node:fs/promises'
import { personKeyOf, Refusal } from '../core/index.ts'
import { personExport } from '../reports/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { grouped, say, withDatabase, type GlobalOptions } from './context.ts'

/** Adds `person export` to the program. */
export function addPersonCommand(program: Command): void {
  program
    .command('person')
    .description('what is stored about one person')
    .command('export')
    .description('everything that is stored about one person, as JSON; the trail says that it was taken, and why')
    .argument('[id]', 'their id; left out, it is the first line of stdin, and stands in no history of commands')
    .requiredOption('--out <file>', 'where to write it; readable by its owner alone, and never over another file')
    .requiredOption('--why <text>', 'who asked for it; kept in the trail')
    .action((id: string | undefined, { out, why }: { out: string; why: string }, command: Command) => withDatabase(command.optsWithGlobals<GlobalOptions>(), async ({ database, clock }) => {
      const key = personKeyOf(id ?? (await firstLine()))
      if (key === null) throw new Refusal('usage', 'id_unreadable', 'an id has 12 digits, or 9')
      if (why.trim() === '') throw new Refusal('usage', 'reason_missing', '--why: say who asked for it')
      const found = await database.transaction(async (transaction) => {
        const held = await personExport(transaction, key, clock.now())
        if (held !== null) await leaveTrail(transaction, { staffId: null, at: clock.now(), kind: 'exported', personKey: key, subject: 'person', reason: why.trim(), details: { format: 'json', count: held.rowCount, numbers: 'whole' } })
        return held
      })
      if (found === null) throw new Refusal('notFound', 'person_unknown', 'nothing is stored about that id')
      await writeNew(out, found.text)
      say(`${grouped(`${found.rowCount}`)} rows in ${out}`)
    }))
}

async function firstLine(): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of process.stdin) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8').split('\n')[0]?.trim() ?? ''
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw new Refusal('usage', 'out_unusable', `the file of --out cannot be made: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`)
  })
  await file.writeFile(text).finally(() => file.close())
}
