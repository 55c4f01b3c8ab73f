/** The door of the room `trail`: what is written down about who did what, and the reading of it. */
export { noteExport, type Export } from './exports.ts'
export { leaveTrail, type TrailEntry, type TrailKind } from './entry.ts'
export { auditedTables, type AuditedRow, type AuditedTable } from './rows.ts'
export { trailRows, type TrailFilter, type TrailRow } from './reading.ts'
