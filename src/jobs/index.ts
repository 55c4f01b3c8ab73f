/** The door of the room `jobs`: what happens when, and what happens together. */
export { publishAlongside } from './publishing.ts'
