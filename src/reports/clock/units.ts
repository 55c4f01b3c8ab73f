/** The tree of administrative units as of a day: what each code means today, what lies in what, and which codes came before. */
import { loadSqlFile, rowsOf, type Session } from '../../db/index.ts'

interface UnitRow {
  readonly unit_code: string
  readonly name: string | null
  readonly level: string | null
  readonly parent_code: string | null
  readonly new_code: string | null
}

const unitsFile = loadSqlFile(new URL('../../../sql/reports/units.sql', import.meta.url))

/** Codes that lead in a circle, or from one to the next without end, stop here. */
const mostSteps = 9

/** The units of one installation; a code that no file of units names means itself and lies nowhere. */
export class Units {
  private readonly rows: ReadonlyMap<string, UnitRow>

  constructor(rows: readonly UnitRow[]) {
    this.rows = new Map(rows.map((row) => [row.unit_code, row]))
  }

  /** The code of today: after every succession up to the day. */
  today(code: string): string {
    let now = code
    for (let step = 0; step < mostSteps; step += 1) {
      const next = this.rows.get(now)?.new_code ?? null
      if (next === null) return now
      now = next
    }
    return now
  }

  /** Null where no file names it. */
  name(code: string): string | null {
    return this.rows.get(code)?.name ?? null
  }

  /** The unit above, of today; null at the top. */
  parent(code: string): string | null {
    const parent = this.rows.get(this.today(code))?.parent_code ?? null
    return parent === null ? null : this.today(parent)
  }

  /** The province it lies in today, itself if it is one: the highest unit above it. */
  province(code: string): string {
    let top = this.today(code)
    for (let step = 0; step < mostSteps; step += 1) {
      const next = this.parent(top)
      if (next === null) return top
      top = next
    }
    return top
  }

  /** Every code, of today or before, whose people live in this unit now; the unit itself included. */
  within(code: string): string[] {
    const wanted = this.today(code)
    const liesIn = (one: string): boolean => {
      let at = this.today(one)
      for (let step = 0; step < mostSteps; step += 1) {
        if (at === wanted) return true
        const next = this.parent(at)
        if (next === null) return false
        at = next
      }
      return false
    }
    return [...new Set([code, wanted, ...[...this.rows.keys()].filter(liesIn)])]
  }

  /** The units that lie in no other, of today, by code: the provinces. */
  provinces(): string[] {
    return [...new Set([...this.rows.keys()].map((code) => this.province(code)))].filter((code) => this.rows.get(code) !== undefined).sort()
  }

  /** The units right below one, of today, by code. */
  below(code: string): string[] {
    const wanted = this.today(code)
    return [...new Set([...this.rows.keys()].map((one) => this.today(one)))].filter((one) => this.parent(one) === wanted).sort()
  }
}

/** The units that the published result rests on, as of its day. */
export async function unitsOf(session: Session, asOf: string): Promise<Units> {
  return new Units(await rowsOf<UnitRow>(session, unitsFile, { as_of: asOf }))
}
