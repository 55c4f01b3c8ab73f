/** What it takes to reach each village, and in which villages the way to the money is long. */
import type { Commune } from './places.ts'
import { type Random, pickWeighted, weighted } from './random.ts'
import type { Sink } from './files.ts'

/** A village of a commune. */
export interface Village {
  readonly commune: Commune
  readonly name: string
  /** To the centre of the commune, in tenths of a kilometre. */
  readonly distance: number
  readonly hasElectricity: boolean
  readonly signal: 'có' | 'yếu' | 'không'
  /** To the nearest place that hands out cash, in tenths of a kilometre. */
  readonly cashPoint: number
  /** People here take long to withdraw. */
  readonly isSlow: boolean
}

/** All villages, and how the communes differ. */
export interface Villages {
  /** Whether people of a village take long. */
  isSlow(commune: Commune, village: string): boolean
  /** Remote communes whose far villages are far from cash too: there people take long. */
  readonly slowUnits: readonly string[]
  /** Remote communes with somebody who hands out cash in each village: nobody takes longer for living there. */
  readonly servedUnits: readonly string[]
  readonly slow: readonly Village[]
  write(files: Sink): void
}

const signals = { remote: weighted([['có', 50], ['yếu', 35], ['không', 15]] as const), other: weighted([['có', 95], ['yếu', 5]] as const) }

/** Invents the ways of all villages. The first remote commune is a slow one and the second is served, so that small samples have both. */
export function inventVillages(random: Random, communes: readonly Commune[]): Villages {
  const slowUnits: string[] = []
  const servedUnits: string[] = []
  const all: Village[] = []
  for (const commune of communes) {
    const before = slowUnits.length + servedUnits.length
    const isServed = commune.isRemote && (before < 2 ? before === 1 : random.chance(0.4))
    if (commune.isRemote) (isServed ? servedUnits : slowUnits).push(commune.unitCode)
    for (const [index, name] of commune.villages.entries()) all.push(inventVillage(random, commune, name, index, isServed))
  }
  const slow = all.filter(({ isSlow }) => isSlow)
  const keys = new Set(slow.map(({ commune, name }) => `${commune.unitCode}|${name}`))
  return {
    isSlow: (commune, village) => keys.has(`${commune.unitCode}|${village}`),
    slowUnits,
    servedUnits,
    slow,
    write(files) {
      for (const village of all) files.add('village', `${village.commune.unitCode},${village.name},${kilometres(village.distance)},${village.hasElectricity ? 'có' : 'không'},${village.signal},${kilometres(village.cashPoint)}\n`)
    },
  }
}

function inventVillage(random: Random, commune: Commune, name: string, index: number, isServed: boolean): Village {
  const { isRemote } = commune
  // The first village is the commune's centre, remote or not.
  const isFar = isRemote && index > 0
  const distance = index === 0 ? random.between(1, 9) : isFar ? random.between(100, 320) : random.between(5, 60)
  const isSlow = isFar && !isServed
  return {
    commune,
    name,
    distance,
    hasElectricity: !isFar || random.chance(0.65),
    signal: pickWeighted(random, isFar ? signals.remote : signals.other),
    cashPoint: isSlow ? distance + random.between(0, 60) : random.between(2, 35),
    isSlow,
  }
}

function kilometres(tenths: number): string {
  return `${String(Math.floor(tenths / 10))}.${String(tenths % 10)}`
}
