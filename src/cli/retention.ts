/** The command of retention: what has been kept long enough, by which terms, and that it goes. */
import type { Command } from 'commander'
import { publishAlongside } from '../jobs/index.ts'
import { run } from '../reconcile/index.ts'
import { publishedRun } from '../reports/index.ts'
import { applyRetention, planRetention, retentionPolicy, setRetention, type Retained } from '../retention/index.ts'
import { grouped, printJson, say, table, timeZone, withDatabase, type Context, type GlobalOptions } from './context.ts'

/** Adds `retention` to the program. */
export function addRetentionCommand(program: Command): void {
  const retention = program.command('retention').description('what has been kept long enough: what would go, and that it goes')
  retention
    .command('policy')
    .description('how long each kind of thing is kept, and why')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals<GlobalOptions>(), async ({ database, clock, isJson }) => {
      const terms = await retentionPolicy(database, clock.today())
      if (isJson) terms.forEach(printJson)
      else process.stdout.write(`${table(['what', 'months', 'since', 'basis'], terms.map((term) => [term.what, `${term.keep_months}`, term.applies_from, term.legal_basis]))}\n`)
    }))
  retention
    .command('set')
    .description('a new term from a day on; earlier ones stay as they were')
    .argument('<what>', 'as "retention policy" lists it')
    .argument('<months>', 'how long it is kept')
    .requiredOption('--from <date>', 'from which day on, YYYY-MM-DD')
    .requiredOption('--basis <text>', 'which rule says so')
    .action((what: string, months: string, { from, basis }: { from: string; basis: string }, command: Command) => withDatabase(command.optsWithGlobals<GlobalOptions>(), async ({ owner, clock }) => {
      await setRetention(owner, { what, months, from, basis }, clock)
      say(`${what} is kept for ${months} months from ${from} on`)
    }))
  retention
    .command('plan')
    .description('what would go now; nothing does')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals<GlobalOptions>(), async (context) => {
      tell(context, await planRetention(context.owner, { clock: context.clock, dataDirectory: context.config.dataDirectory }))
    }))
  retention
    .command('apply')
    .description('take away what the plan says; the trail says what went, by which rule')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals<GlobalOptions>(), async (context) => {
      const found = await applyRetention(context.owner, { clock: context.clock, dataDirectory: context.config.dataDirectory })
      if (found.some(({ what, count }) => what === 'people' && count !== '0')) await tellAgain(context)
      tell(context, found)
    }))
}

/** What stands behind findings of people who were forgotten, and of those named beside them, is told again under their pseudonyms. Cut off before, the next night does it. */
async function tellAgain({ database, clock, config }: Context): Promise<void> {
  const published = await publishedRun(database)
  if (published === null) return
  say('telling the result again under pseudonyms')
  await run(database, { asOf: published.as_of, timeZone, clock, alongside: publishAlongside, takeOverAfterSeconds: config.takeOverAfterSeconds })
}

function tell({ isJson }: Context, found: readonly Retained[]): void {
  if (isJson) found.forEach(printJson)
  else process.stdout.write(`${table(['what', 'before', 'count', 'quoted'], found.map(({ what, before, count, quoted_count: quoted }) => [what, before, grouped(count), grouped(quoted)]))}\n`)
  for (const [reason, count] of found.flatMap(({ held }) => Object.entries(held ?? {}))) say(`${grouped(count)} people stay although their term is over: ${reason.replaceAll('_', ' ')}`)
}
