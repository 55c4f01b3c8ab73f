/** The points at which an upload can be cut off, and how a server is told to end itself there (counter-faults.ts). */

/** In the order in which an upload passes them. */
export const points = ['first_bytes_written', 'before_sync', 'after_sync', 'before_rename', 'after_rename', 'before_row', 'after_row', 'before_commit', 'after_commit'] as const
export type Point = (typeof points)[number]

/**
 * The environment (`NAME=value`) in which a server ends itself at a point.
 *
 * @param point its name and at which time it is come to: `before_sync:2`
 */
export function faultEnvironment(point: string): string[] {
  return [`NODE_OPTIONS=--import ${new URL('./counter-faults.ts', import.meta.url).href}`, `TANTAY_BENCH_POINT=${point}`]
}
