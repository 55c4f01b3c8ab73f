/** What a run of each night must say, kept as running sums: only those whom a file or the day touched are looked at again. */
import type { Claim, Standing } from './claim.ts'

/** One class of one scheme and month. */
export interface ExpectedOutcome {
  readonly scheme: string
  readonly benefit_period: string
  readonly class: string
  readonly count: number
  readonly due: string
  readonly credited: string
}

/** What is expected of a night. Sums in đồng, as text. */
export interface Expected {
  readonly outcomes: readonly ExpectedOutcome[]
  /** Money that nobody was due, by the scheme and month it states; none where it is zero. */
  readonly unmatched: readonly { readonly scheme: string; readonly benefit_period: string; readonly amount: string }[]
  /** Claims looked at again for this night. */
  readonly touched: number
}

interface Cell {
  count: number
  due: bigint
  credited: bigint
}

/** The sums over everybody; claims that nothing can change any more are let go by those who hold them. */
export class Expectation {
  private readonly cells = new Map<string, Cell>()
  private readonly unmatched = new Map<string, bigint>()
  private readonly touchedClaims = new Set<Claim>()
  private readonly wakes = new Map<string, Set<Claim>>()

  touch(claim: Claim): void {
    this.touchedClaims.add(claim)
  }

  /** Money for nobody's entitlement at all. */
  stray(scheme: string, month: string, amount: bigint): void {
    const key = `${scheme}|${month}`
    this.unmatched.set(key, (this.unmatched.get(key) ?? 0n) + amount)
  }

  /** What the night of `day` must find. */
  night(day: string): Expected {
    for (const [wakesOn, claims] of this.wakes) {
      if (wakesOn > day) continue
      for (const claim of claims) this.touchedClaims.add(claim)
      this.wakes.delete(wakesOn)
    }
    const touched = this.touchedClaims.size
    for (const claim of this.touchedClaims) this.count(claim, day)
    this.touchedClaims.clear()
    const outcomes = [...this.cells].filter(([, { count }]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { count, due, credited }]) => {
      const [scheme = '', month = '', outcome = ''] = key.split('|')
      return { scheme, benefit_period: month, class: outcome, count, due: due.toString(), credited: credited.toString() }
    })
    const unmatched = [...this.unmatched].filter(([, amount]) => amount !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, amount]) => {
      const [scheme = '', month = ''] = key.split('|')
      return { scheme, benefit_period: month, amount: amount.toString() }
    })
    return { outcomes, unmatched, touched }
  }

  private count(claim: Claim, day: string): void {
    if (claim.counted !== null) this.add(claim, claim.counted, -1)
    const standing = claim.on(day)
    claim.counted = standing
    this.add(claim, standing, 1)
    if (standing.wakesOn === null) return
    let claims = this.wakes.get(standing.wakesOn)
    if (claims === undefined) this.wakes.set(standing.wakesOn, (claims = new Set()))
    claims.add(claim)
  }

  private add({ scheme, month }: Claim, { outcome, due, credited, unmatched }: Standing, sign: 1 | -1): void {
    if (unmatched !== 0n) this.stray(scheme, month, sign === 1 ? unmatched : -unmatched)
    if (outcome === null) return
    const key = `${scheme}|${month}|${outcome}`
    let cell = this.cells.get(key)
    if (cell === undefined) this.cells.set(key, (cell = { count: 0, due: 0n, credited: 0n }))
    cell.count += sign
    cell.due += sign === 1 ? due : -due
    cell.credited += sign === 1 ? credited : -credited
  }
}
