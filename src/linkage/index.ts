/** The door of the room `linkage`: the same person under two ids, found by scores over stored keys. */
export { linkPersons, type Linkage, type LinkOptions } from './link.ts'
export { namePoints } from './name-points.ts'
export { personComparisons, reviewThreshold, type Description } from './person.ts'
export { pointsByFrequency, pointsOfShare, scorePair, type Comparisons, type Judgement, type Score } from './score.ts'
