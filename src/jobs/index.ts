/** The door of the room `jobs`: what happens when, and what happens together. */
export { catchUp, publishAlongside } from './publishing.ts'
