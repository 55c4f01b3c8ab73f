/** The door of the room `cases`: people's work on findings. */
export { act, type Act } from './act.ts'
export { actionRules, longestComment, possibleActions, type Action, type ActionKind } from './actions.ts'
export { catchUp, followResult, type FollowedResult } from './follow.ts'
export { caseRow, followedDay, queueCodes, queuePage, type QueueDays, type QueueFilter, type QueuePage, type QueuePlace, type QueueRow } from './queries.ts'
export { absentApprovers, caseHistory, colleaguesFor, type CaseEvent, type Colleague } from './history.ts'
export { removeView, savedViews, saveView, type SavedView } from './saved-views.ts'
export { leaveTrail, type TrailEntry } from './trail.ts'
export { keepEvidence, largestEvidence, readEvidence, type EvidenceFile } from './evidence-files.ts'
