/** The door of the room `trail`: what is written down about who did what, the reading of it, and the proof that nothing was changed since. */
export { noteExport, type Export } from './exports.ts'
export { leaveTrail, type TrailEntry, type TrailKind } from './entry.ts'
export { forgetPeople, forgetRows, restateRows, type Forgetting } from './forget.ts'
export { readHead, readHeads, signHead, type HeadSigning, type ReadHead, type SignedHead, type TrailHead } from './heads.ts'
export { chainState, headBefore, trailRows, type ChainState, type TrailFilter, type TrailRow } from './reading.ts'
export type { AuditedRow, AuditedTable } from './rows.ts'
export { verifyTrail, type TrailFault, type TrailFaultKind, type TrailReport, type Verification } from './verify.ts'
