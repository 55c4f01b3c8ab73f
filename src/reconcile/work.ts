/** From files to findings, in the working tables: all of a run but its publication. */
import type { Session, SqlValue } from '../db/index.ts'
import type { Lanes } from './alone.ts'
import { loadFindingTypes, type FindingType } from './finding-types.ts'
import { everybodyAtOnce, onePerLane, tasksOfChecks, tasksOfFindings, tasksOfStep, together, type Slicing, type Task } from './lanes.ts'
import { parts, type Plan } from './plan.ts'
import { emptying, gathering, gatheringClocks, looking, lookingBack, narrowing, opening, publishing, telling, touching, touchingPart, weighing, working, type Step } from './steps.ts'

/** What is to be worked out. */
export interface Work {
  readonly runId: string
  readonly asOf: string
  readonly timeZone: string
  /** Looks at the files of the published result instead of those sealed by now: a proof, not news. */
  readonly isProof?: boolean
  /** In a proof of one part: which one. */
  readonly part?: number
  readonly onProgress?: ((message: string) => void) | undefined
}

/** What stands in the working tables now, ready to be published. */
export interface WorkedOut {
  readonly types: readonly FindingType[]
  /** Replaces what is published by it, in the one transaction of the run. */
  readonly publish: (transaction: Session) => Promise<void>
  /** A task that enters its seconds in `stepSeconds`. */
  readonly timed: (task: Task) => Task
  readonly stepSeconds: { readonly step: string; readonly seconds: number }[]
}

/** Goes through the steps up to the checks; the working tables then hold what the plan asks for. */
export async function workOut(lanes: Lanes, plan: Plan, { runId, asOf, timeZone, isProof = false, part, onProgress }: Work): Promise<WorkedOut> {
  const stepSeconds: { step: string; seconds: number }[] = []
  const types = loadFindingTypes()
  const isIncrement = plan.mode === 'increment'
  const clockSlot = isIncrement ? slotOfIncrements : freeSlot(plan)
  const values = { run_id: runId, as_of: asOf, published_as_of: plan.publishedAsOf, time_zone: timeZone, is_increment: isIncrement, is_settling: plan.isSettling === true, is_proof: isProof, changed_files: plan.changedFiles, part: part ?? null, parts, sign: 1, clock_slot: clockSlot, result_slot: isIncrement ? plan.publishedSlot : clockSlot, published_slot: plan.publishedSlot }

  await go(opening)
  if (isIncrement) {
    // Few rows of many, by index: the one place where nested loops are right, and a page of an index costs little more than the next of a table.
    await onBoth('set enable_nestloop = on', 'set random_page_cost = 1.1')
    await go(part === undefined ? touching : touchingPart)
    await go(gathering)
    await go(gatheringClocks)
    await onBoth('set enable_nestloop = off', 'reset random_page_cost')
    await readGathered(lanes)
    await go(lookingBack, { ...values, as_of: plan.publishedAsOf, sign: -1 })
    await go(looking)
  } else {
    await go(emptying[freeSlot(plan)])
    await go(looking, values, await slicesOf(lanes[0]))
    await go(narrowing)
    await go(gathering)
    await readGathered(lanes)
  }
  await go(working, values, onePerLane)
  if (!isIncrement) await go(weighing)
  await together(lanes, tasksOfFindings(types, values).map(timed))
  await lanes[0].query("select analyze_rows('work_finding')")
  await go(telling, values, onePerLane)
  await together(lanes, tasksOfChecks(values).map(timed))
  return { types, publish, timed, stepSeconds }

  async function publish(transaction: Session): Promise<void> {
    // as when they were gathered: few rows of many
    if (isIncrement) for (const setting of ['set local enable_nestloop = on', 'set local random_page_cost = 1.1', "select analyze_rows('work_ready_finding')", "select analyze_rows('work_ready_match')"]) await transaction.query(setting)
    for (const task of publishing.flatMap((step) => tasksOfStep(step, values))) await timed(task).work(transaction)
  }

  async function onBoth(...settings: readonly string[]): Promise<void> {
    await Promise.all(lanes.map(async (lane) => {
      for (const setting of settings) await lane.query(setting)
    }))
  }

  async function go(steps: readonly Step[], given: Readonly<Record<string, SqlValue>> = values, slicing: Slicing = everybodyAtOnce): Promise<void> {
    for (const group of groupsOf(steps)) await together(lanes, group.flatMap((step) => tasksOfStep(step, given, slicing).map(timed)))
  }

  function timed({ name, work }: Task): Task {
    return {
      name,
      work: async (lane) => {
        onProgress?.(name)
        const before = performance.now()
        await work(lane)
        stepSeconds.push({ step: name, seconds: Math.floor(performance.now() - before) / 1000 })
      },
    }
  }
}

/** Where an increment writes clocks before it publishes them. */
const slotOfIncrements = 2

/** The half of the clocks that nobody reads. */
export function freeSlot({ publishedSlot }: Plan): 0 | 1 {
  return publishedSlot === 0 ? 1 : 0
}

/** From now on the names of fact tables mean the gathered rows. */
async function readGathered(lanes: Lanes): Promise<void> {
  await Promise.all(lanes.map((lane) => lane.query('set search_path = gathered, public')))
}

/** So many lines a slice that its hash tables stay near the processor. */
const linesPerSlice = 33_000n

/** Slices for a look at everybody: an even number, for two lanes. */
async function slicesOf(session: Session): Promise<Slicing> {
  const [all] = await session.query<{ lines: string }>("select coalesce(sum(accepted_count), 0) as lines from source_file where status = 'sealed' and kind = 'beneficiary_list'")
  const wanted = BigInt(all?.lines ?? '0') / linesPerSlice
  return [2, 4, 8, 16, 30, 60, 120, 240].find((count) => BigInt(count) >= wanted) ?? 240
}

/** Steps that may go on at the same time, together. */
function groupsOf(all: readonly Step[]): Step[][] {
  const groups: Step[][] = []
  for (const step of all) {
    if (step.isBesidePrevious === true) groups.at(-1)?.push(step)
    else groups.push([step])
  }
  return groups
}
