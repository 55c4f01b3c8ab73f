/** The door of the room `http`: requests in, pages out; it owns no rule. */
export { packDocument } from './outreach/pack-document.ts'
export { savedPage } from './saved-page.ts'
export { sheetDocument, sheetRows } from './sheet/document.ts'
export { isFigureName, type Figure } from './operations/metrics.ts'
export type { Operations, ReadinessCheck } from './operations/routes.ts'
export { createApp, type App, type AppDependencies } from './app.ts'
