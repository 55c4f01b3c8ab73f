/** The rows that every installation begins with: whole, in order, and marked where they were not verified. */
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase()

describe('the Vietnam pack', () => {
  test('has 34 provinces on any day since July 2025, each a city or a province, and 9 cities after September 2026', async () => {
    const { database } = clone()
    for (const [day, cities] of [['2025-07-01', '6'], ['2026-04-30', '7'], ['2026-09-19', '8'], ['2026-09-20', '9'], ['2026-11-22', '9']] as const) {
      const [row] = await database.query<{ provinces: string; cities: string; codes: string }>(
        `select count(*) as provinces, count(*) filter (where unit_type = 'thành phố') as cities, count(distinct unit_code) as codes from administrative_unit_row
         where file_id = 0 and level = 'province' and valid_from <= $1 and coalesce(valid_to >= $1, true)`, [day])
      expect(row, day).toEqual({ provinces: '34', cities, codes: '34' })
    }
  })

  test('leads every code of the 63 provinces before to one of the 34', async () => {
    const { database } = clone()
    const lost = await database.query(`select place_code from birth_place b where length(place_code) = 3
      and not exists (select from administrative_unit_row u where u.file_id = 0 and u.unit_code = substr(b.place_code, 2))
      and (select count(*) from unit_succession_row s join administrative_unit_row u on u.unit_code = s.new_code and u.file_id = 0 and u.valid_from = '2025-07-01' where s.file_id = 0 and s.old_code = substr(b.place_code, 2)) <> 1`)
    expect(lost).toEqual([])
    const [counts] = await database.query('select count(*) as successions, count(distinct new_code) as into from unit_succession_row where file_id = 0')
    expect(counts).toEqual({ successions: '29', into: '23' })
  })

  test('has units that follow one another without a gap under one code', async () => {
    const { database } = clone()
    const gaps = await database.query(`select a.unit_code from administrative_unit_row a join administrative_unit_row b using (unit_code) where a.file_id = 0 and b.file_id = 0 and a.valid_from < b.valid_from and b.valid_from is distinct from a.valid_to + 1`)
    expect(gaps).toEqual([])
    const orphans = await database.query(`select unit_code from administrative_unit_row c where file_id = 0 and level = 'commune' and not exists (select from administrative_unit_row p where p.unit_code = c.parent_code and p.level = 'province')`)
    expect(orphans).toEqual([])
  })

  test('has holidays on working days and Saturdays worked instead, Tết of each year from 2024 to 2027', async () => {
    const { database } = clone()
    const wrong = await database.query(`select calendar_date from calendar_row where file_id = 0 and (kind = 'holiday' and extract(isodow from calendar_date) > 5 or kind = 'working' and extract(isodow from calendar_date) < 6)`)
    expect(wrong).toEqual([])
    const doubled = await database.query('select calendar_date from calendar_row where file_id = 0 group by 1 having count(*) > 1')
    expect(doubled).toEqual([])
    const years = await database.query<{ year: number; days: string }>(`select extract(year from calendar_date)::integer as year, count(*) as days from calendar_row where file_id = 0 and name like 'Tết Nguyên đán%' group by 1 order by 1`)
    expect(years.map(({ year }) => year)).toEqual([2024, 2025, 2026, 2027])
    for (const { days } of years) expect(Number(days)).toBeGreaterThanOrEqual(4)
  })

  test('has a class, an owner and words for every reason code, and blames no person for what a bank could not do', async () => {
    const { database } = clone()
    expect(await database.query(`select code from reason_code_row where file_id = 0 and (class is null or owner is null or retryable is null or person_caused or coalesce(name_vi, '') = '' or coalesce(name_en, '') = '')`)).toEqual([])
    const [codes] = await database.query<{ codes: string; rows: string }>('select count(distinct code) as codes, count(*) as rows from reason_code_row where file_id = 0')
    expect(codes).toEqual({ codes: '54', rows: '54' })
  })

  test('marks what was not read in a text: communes, provinces that became cities, holidays', async () => {
    const { database } = clone()
    const [row] = await database.query(`select (select count(*) from administrative_unit_row where file_id = 0 and legal_basis like '%[unverified]') as units, (select count(*) from calendar_row where file_id = 0 and name like '%[unverified]') as days`)
    expect(row).toEqual({ units: '47', days: '26' })
  })

  test('gives each row of a table its own line', async () => {
    const { database } = clone()
    for (const table of ['scheme_row', 'standard_rate_row', 'category_row', 'administrative_unit_row', 'unit_succession_row', 'bank_row', 'reason_code_row', 'calendar_row']) {
      expect(await database.query(`select line_number from ${table} where file_id = 0 group by 1 having count(*) > 1`), table).toEqual([])
    }
  })
})
