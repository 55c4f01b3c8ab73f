/** The door of the room `settlement`: how the payer and each payment organisation stand, worked out with every result and read by pages and commands. */
export { settle, type SettledResult } from './settle.ts'
export * from './answers.ts'
export * from './monthly.ts'
