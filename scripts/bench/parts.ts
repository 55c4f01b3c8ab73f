/** The words of the bench: what a contender measures in one round. */
import type { Measured } from './measure.ts'

/** One part of a contender's work in one round. */
export interface Part extends Omit<Measured, 'stdout'> {
  readonly name: string
  /** Its seconds are part of those of the part before. */
  readonly isWithinPrevious?: true
}

/** Somebody who does the same work on the same files. */
export interface Contender {
  readonly name: string
  /** True when its parts follow each other and add up to its time. */
  readonly isSummed: boolean
  round(): Promise<Part[]>
}
