/** The command of nights: how they stand, run now, once more, or never. */
import type { Command } from 'commander'
import { addDays, parseDay, Refusal } from '../core/index.ts'
import { askAgain, runNight, skipNight, tick, type NightEnd, type NightSurroundings } from '../jobs/index.ts'
import { listNights, nightState, type NightState } from '../reports/index.ts'
import { loadSigningKey } from '../signing/index.ts'
import { signHead } from '../trail/index.ts'
import { printJson, say, table, timeZone, withDatabase, type Context, type GlobalOptions } from './context.ts'

/** Adds the commands to the program. */
export function addNightCommands(program: Command): void {
  const night = program.command('night').description('nights: did they work, and what to do when one did not')
  night
    .command('status')
    .description('the published result and its age, what is under way or waited for, and the last nights')
    .option('--last <n>', 'how many nights', '7')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals<GlobalOptions>(), (context) => printStatus(context, command.opts<{ last: string }>().last)))
  night
    .command('run')
    .description('work through the nights that are missing, in order, without waiting for files; exit 1 when one fails')
    .option('--as-of <date>', 'only the night of this day, YYYY-MM-DD')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals<GlobalOptions>(), async (context) => {
      const { asOf } = command.opts<{ asOf?: string }>()
      const surroundings = surroundingsOf(context)
      report(context, asOf === undefined ? await tick(surroundings, { startsAt: 0, latestAt: 0 }) : [await runNight(surroundings, endedDay(context, asOf))])
    }))
  night
    .command('retry')
    .description('work through a night that failed once more, now')
    .argument('<date>', 'its day, YYYY-MM-DD')
    .action((date: string, _, command: Command) => withDatabase(command.optsWithGlobals<GlobalOptions>(), async (context) => {
      const asOf = dayOf(date)
      await context.database.transaction((transaction) => askAgain(transaction, asOf, context.clock.now()))
      report(context, [await runNight(surroundingsOf(context), asOf)])
    }))
  night
    .command('skip')
    .description('never work out a night; the next one sees what it would have seen')
    .argument('<date>', 'its day, YYYY-MM-DD')
    .requiredOption('--why <text>', 'kept with the night and in the trail')
    .action((date: string, _, command: Command) => withDatabase(command.optsWithGlobals<GlobalOptions>(), async ({ database, clock }) => {
      const [asOf, why] = [dayOf(date), command.opts<{ why: string }>().why.trim()]
      if (why === '') throw new Refusal('usage', 'reason_missing', '--why: say why')
      await database.transaction((transaction) => skipNight(transaction, asOf, why, clock.now()))
      say(`the night of ${asOf} is skipped`)
    }))
}

function surroundingsOf({ database, clock, config }: Context): NightSurroundings {
  const signTrail = async (): Promise<number> => (await signHead(database, { key: await loadSigningKey(config.sheetKeyFile), at: clock.now(), folders: config.auditHeadFolders })).written.length
  return { database, clock, timeZone, dataDirectory: config.dataDirectory, takeOverAfterSeconds: config.takeOverAfterSeconds, signTrail }
}

function dayOf(text: string): string {
  const day = parseDay(text)
  if (day === null) throw new Refusal('usage', 'date_invalid', `${text} is not a day; write it as YYYY-MM-DD`)
  return day
}

/** A night looks at a day that has ended: one that goes on would be published before it is over. */
function endedDay({ clock }: Context, text: string): string {
  const day = dayOf(text)
  if (day > addDays(clock.today(), -1)) throw new Refusal('usage', 'day_not_over', `${day} is not over; a night looks at a day that has ended (tantay run looks at any)`)
  return day
}

/** @throws Refusal when a night failed, or another process is at it */
function report({ isJson }: Context, ends: readonly NightEnd[]): void {
  for (const { asOf, end, failure } of ends) {
    if (isJson) printJson({ as_of: asOf, end, failure_code: failure?.code ?? null, failure_place: failure?.place ?? null })
    else say(`night of ${asOf}: ${end.replaceAll('_', ' ')}${failure === null ? '' : `: ${failure.code}${failure.place === null ? '' : ` (${failure.place})`}`}`)
  }
  if (ends.length === 0) say('no night is missing')
  const last = ends.at(-1)
  if (last?.end === 'failed') throw new Refusal('failure', 'night_failed', `the night of ${last.asOf} failed: ${last.failure?.code ?? 'error'}; the last published result stands (tantay night status)`)
  if (last?.end === 'elsewhere' || last?.end === 'overtaken') throw new Refusal('tryAgain', 'run_in_progress', 'another process works just now; try again when it has ended')
}

async function printStatus({ database, clock, isJson }: Context, last: string): Promise<void> {
  if (!/^[1-9]\d{0,3}$/.test(last)) throw new Refusal('usage', 'number_invalid', `--last ${last}: write a whole number`)
  const state = await nightState(database, clock.now())
  const { rows } = await listNights(database, null, parseInt(last, 10))
  if (isJson) {
    printJson({ ...state, nights: rows })
    return
  }
  process.stdout.write(`${sentences(state).join('\n')}\n\n`)
  if (rows.length > 0) process.stdout.write(`${table(['night', 'state', 'attempts', 'files', 'published', 'why'], rows.map((row) => [row.as_of, row.state, `${row.attempt_count}`, row.file_count === null ? '' : `${row.file_count}`, row.published_at ?? '', [row.failure_code ?? row.skip_reason, row.failure_place].filter((part) => part !== null).join(' ')]))}\n`)
}

function sentences({ published_as_of: asOf, published_at: at, running, last_failure: failure, waiting_for: waiting, open_nights: open }: NightState): string[] {
  return [
    asOf === null ? 'nothing is published yet' : `published: as of ${asOf}, since ${at ?? ''}`,
    ...(running === null ? [] : [`under way: the night of ${running.as_of}, since ${running.since}${running.stage === null ? '' : `, stage ${running.stage}`}`]),
    ...(failure === null ? [] : [`failed: the night of ${failure.as_of}: ${failure.code}${failure.place === null ? '' : ` (${failure.place})`}; once more: tantay night retry ${failure.as_of}`]),
    ...waiting.map(({ source, kind, scheme, deadline_date: deadline }) => `waits for: ${kind} of ${source}${scheme === null ? '' : ` (${scheme})`}, due ${deadline}`),
    ...(open === 0 ? [] : [`nights not done with: ${open}`]),
  ]
}
