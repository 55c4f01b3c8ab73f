/** The door of the room `staff`: who may use the pages, and who is there. */
export { layOutScopes, type UnitTree } from './scopes.ts'
export { endSession, hashOf, sessionOf, startSession, type OpenSession } from './sessions.ts'
