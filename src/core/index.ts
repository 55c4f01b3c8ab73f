/** The door of the room `core`: words and arithmetic that every other room uses. */
export * from './clock.ts'
export * from './dates.ts'
export * from './identity.ts'
export * from './kinds.ts'
export * as money from './money.ts'
export type { Amount, AmountFault, ReadAmount } from './money.ts'
export * from './problem.ts'
export * from './problem-texts.ts'
