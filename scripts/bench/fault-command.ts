/** `npm run bench -- faults`: which of the four ways to bring faults, and what came of it in words. */
import { rmSync } from 'node:fs'
import { FaultChild } from './fault-child.ts'
import { faultKinds, type FaultKind } from './fault-proxy.ts'
import { pointsWorks, tryPoints, trySome, type PointsFigures } from './fault-points.ts'
import { pauses } from './fault-pause.ts'
import { resourceFaults } from './fault-resources.ts'
import { faultSwarm } from './fault-swarm.ts'
import { makeFaultWorlds } from './fault-worlds.ts'

export interface FaultCommandOptions {
  readonly scratch: string
  readonly seed: number
  readonly points: number
  /** Null: as many as the way of trying needs. */
  readonly beneficiaries: number | null
  readonly every: number
  readonly only: number | null
  /** Only the works whose names begin so. */
  readonly work: string | null
  readonly fault: string | null
  /** How long a process sleeps. */
  readonly seconds: number
  readonly say: (message: string) => void
}

export interface FaultCommandFigures {
  readonly isKept: boolean
  readonly all: readonly object[]
}

/** More than a million lines of lists, payments, accounts and withdrawals. */
const million = 330_000

/** Brings the faults and says what came of each. @throws Error for a way that there is not */
export async function faultCommand(way: string, options: FaultCommandOptions): Promise<FaultCommandFigures> {
  switch (way) {
    case 'messages': return eachMessage(options)
    case 'swarm': {
      const { scratch, seed, points, only, beneficiaries, say } = options
      const figures = await faultSwarm({ scratch, seed, points, beneficiaries: beneficiaries ?? million, ...(only !== null && { only }), say })
      process.stdout.write(`${JSON.stringify(figures, null, 1)}\n`)
      return { isKept: figures.isKept, all: [figures] }
    }
    case 'resources': {
      const all = await resourceFaults(options)
      for (const one of all) process.stdout.write(`${one.fault}: ${one.said}${one.violations.map((what) => `\n  ${what}`).join('')}\n`)
      return { isKept: all.every(({ violations }) => violations.length === 0), all }
    }
    case 'pause': return pauseBoth(options)
    default: throw new Error(`faults ${way} is not known; choose messages, swarm, resources or pause`)
  }
}

async function pauseBoth({ scratch, seed, beneficiaries, seconds, say }: FaultCommandOptions): Promise<FaultCommandFigures> {
  rmSync(scratch, { recursive: true, force: true })
  const worlds = await makeFaultWorlds(scratch, { beneficiaries: beneficiaries ?? 200, seed })
  try {
    const all = await pauses(worlds, { seconds, say })
    for (const one of all) process.stdout.write(`${JSON.stringify(one)}\n`)
    return { isKept: all.every(({ violations }) => violations.length === 0), all }
  } finally {
    await worlds.close()
  }
}

async function eachMessage({ scratch, seed, beneficiaries, every, only, work, fault, say }: FaultCommandOptions): Promise<FaultCommandFigures> {
  const kinds: readonly FaultKind[] = fault === null ? ['cut', 'lost_commit'] : faultKinds.filter((kind) => kind === fault)
  if (kinds.length === 0) throw new Error(`there is no fault ${fault ?? ''}; choose ${faultKinds.join(', ')}`)
  rmSync(scratch, { recursive: true, force: true })
  const worlds = await makeFaultWorlds(scratch, { beneficiaries: beneficiaries ?? 200, seed })
  const all: (PointsFigures & { readonly fault: FaultKind })[] = []
  const child = new FaultChild({ mostSeconds: 90 })
  try {
    for (const one of pointsWorks.filter(({ name }) => name.startsWith(work ?? ''))) {
      for (const kind of kinds) {
        const figures = only === null ? await tryPoints(worlds, one, { fault: kind, every, againEvery: 50 }) : await trySome(worlds, one, [[kind, only]], child)
        all.push({ fault: kind, ...figures })
        say(`${figures.work}, ${kind}: ${String(figures.points)} points, ${String(figures.old)} old, ${String(figures.new)} new, done again ${String(figures.again)} times, ${String(figures.violations.length)} violations, ${String(figures.seconds)} s`)
        for (const violation of figures.violations) say(`  ${violation}`)
      }
    }
  } finally {
    await child.close()
    await worlds.close()
  }
  return { isKept: all.every(({ violations }) => violations.length === 0), all }
}
