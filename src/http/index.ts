/** The door of the room `http`: requests in, pages out; it owns no rule. */
export { createApp, type AppDependencies } from './app.ts'
