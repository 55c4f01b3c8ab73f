/** What a case of the simulation is: a small story about one or a few beneficiaries, with its truth. */
import type { World } from '../world.ts'

/** Tells one story: writes its rows and states the outcomes and findings that follow from them. */
export type Story = (world: World) => void

/** One kind of story. Several variants take turns, so that all of them occur where the case is frequent enough. */
export interface Case {
  /** Its key in truth.json and in the shares a caller may change. */
  readonly name: string
  /** A fault must be found; a look-alike is harmless and must not be; a later fault is harmless in the first night and found in the second. */
  readonly kind: 'fault' | 'look_alike' | 'later_fault'
  /** The share of all beneficiaries that live in such a story, in parts per 10,000. */
  readonly share: number
  /** How many beneficiaries on the list one story takes; 0 for people who are on no list. */
  readonly people: number
  /** Told only where the register of the commune was loaded. */
  readonly isAboutRegister?: true
  readonly variants: readonly Story[]
}

/** A case whose stories are to be found. */
export function fault(name: string, share: number, people: number, ...variants: readonly Story[]): Case {
  return { name, kind: 'fault', share, people, variants }
}

/** A case whose stories look like faults and are none. */
export function lookAlike(name: string, share: number, people: number, ...variants: readonly Story[]): Case {
  return { name, kind: 'look_alike', share, people, variants }
}

/** A case of which the second night alone brings the fault. */
export function laterFault(name: string, share: number, people: number, ...variants: readonly Story[]): Case {
  return { name, kind: 'later_fault', share, people, variants }
}
