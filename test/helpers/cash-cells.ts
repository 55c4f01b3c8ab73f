/** Times to cash as cells of a table, one text for each clock counted: those that a run published, and those of the model. */
import type { Database } from '../../src/db/index.ts'
import { clocksOf, strataOf, type Clock } from '../model/time-to-cash.ts'
import type { workOut } from '../model/model.ts'

const bands: Record<string, string> = { '': '-', '<15': '0', '15–59': '15', '60–69': '60', '70–79': '70', '80+': '80' }
/** What is counted together, in words; `-` where nothing is known. */
function cellsOf(one: Clock): string[] {
  const strata = new Map(strataOf(one))
  const of = (stratum: string): string => strata.get(stratum) || '-'
  const { scheme, period } = one.outcome.entitlement
  const ended = `${one.end} ${one.end === 'not_reported' ? '-' : one.days}`
  return [
    `unit ${scheme} ${period} ${of('unit')} ${ended}`,
    `person ${scheme} ${period} ${of('bank')} ${of('channel')} ${bands[strata.get('age') ?? ''] ?? '?'} ${of('sex')} ${ended}`,
  ]
}

/** What the published result counts, a cell for each entitlement and grain. */
export async function publishedCells(database: Database): Promise<string[]> {
  const rows = await database.query<{ cell: string }>(`
    select concat_ws(' ', grain, scheme, to_char(benefit_period, 'FM0000"-"00'),
      case grain when 'unit' then unit_code else concat_ws(' ', creditor_agent, coalesce(payment_channel::text, '-'), coalesce(age_band::text, '-'), coalesce(sex::text, '-')) end,
      cash_event, coalesce(days::text, '-')) as cell
    from risk_count join scheme_code using (scheme_id) cross join lateral generate_series(1, entitlement_count)`)
  return rows.map(({ cell }) => cell).sort()
}

/** What the model counts. */
export function modelCells(workedOut: ReturnType<typeof workOut>): string[] {
  return clocksOf(workedOut).flatMap(cellsOf).sort()
}
