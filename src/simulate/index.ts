/** The door of the room `simulate`: invented provinces with planted faults and the truth about them. */
export { cases } from './cases/index.ts'
export { randomFrom } from './random.ts'
export { fewestBeneficiaries, simulate, type SimulatedNight, type Simulation } from './simulate.ts'
export type { SimulatedFile } from './files.ts'
export { monthsKnown } from './months/days.ts'
export { liveMonths, type LivedNight, type MonthsOptions } from './months/life.ts'
export type { Deed } from './months/mishaps.ts'
export { findingCodes, type TrueBridgeCell, type TrueFinding, type TrueOutcome } from './truth.ts'
