/** The door of the room `reconcile`: one run for one day, published as a whole or not at all, and the proof of what is published. */
export { loadFindingTypes, type FindingExample, type FindingType } from './finding-types.ts'
export { run, type JustPublished, type PublishedRun, type RunOptions } from './run.ts'
export { parts } from './plan.ts'
export { verifyIncremental, type Proof } from './verify.ts'
