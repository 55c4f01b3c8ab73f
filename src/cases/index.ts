/** The door of the room `cases`: people's work on findings. */
export { act, type Act } from './act.ts'
export { actionRules, longestComment, possibleActions, type Action, type ActionKind } from './actions.ts'
export { catchUp, followResult, type FollowedResult } from './follow.ts'
export { caseRow, followedDay, queueCodes, queuePage, type QueueDays, type QueueFilter, type QueuePage, type QueuePlace, type QueueRow } from './queries.ts'
