/** The door of the room `jobs`: what happens when, what happens together, and what waits in the background. */
export { askAgain, skipNight } from './night-rows.ts'
export { type NightSurroundings } from './night-stages.ts'
export { keepNights, type NightWatch } from './night-watch.ts'
export { runNight, tick, type NightEnd, type NightLog } from './nightly.ts'
export { publishAlongside } from './publishing.ts'
export { tellBank } from './telling.ts'
export { layOutQueue, lifeLockClass, startWorker, workOff, type Worker } from './worker.ts'
