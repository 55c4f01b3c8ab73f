/** The door of the room `jobs`: what happens when, what happens together, and what waits in the background. */
export { publishAlongside } from './publishing.ts'
export { tellBank } from './telling.ts'
export { layOutQueue, lifeLockClass, startWorker, workOff, type Worker } from './worker.ts'
