/** The door of the room `retention`: what has been kept long enough, and goes. */
export { applyRetention, planRetention, retentionPolicy, setRetention, type Retained, type RetentionTerm } from './retention.ts'
