/** The public sheet: what it counts, what it hides, and that nobody can change it unseen. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { checkSheet, publicSheet, publishedRun, safeSteps, sheetFile, sheetOutcomes, signSheet, type PublicSheet, type SheetTable } from '../../src/reports/index.ts'
import { loadSigningKey } from '../../src/signing/index.ts'
import { useProvince } from '../http/province.ts'

const province = useProvince(2000)
const folder = mkdtempSync(join(tmpdir(), 'tantay-sheet-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })
const madeAt = '2026-11-02T03:00:00Z'

async function sheetOf(unitCode: string, benefitPeriod = '2026-10'): Promise<PublicSheet> {
  const run = await publishedRun(province().database)
  if (run === null) throw new Error('nothing is published')
  return publicSheet(province().database, run, { unitCode, benefitPeriod }, madeAt)
}

const tables = ({ outcomes, coverage }: PublicSheet): SheetTable[] => [outcomes, coverage]
const numbersOf = (table: SheetTable): (number | null)[] => [...table.cells.flat(), ...table.row_totals, ...table.column_totals, table.total]

describe('a public sheet', () => {
  test('counts everybody of the month once, and shows no count from 1 to 4 anywhere', async () => {
    const units = await province().database.query<{ unit_code: string; count: string }>('select unit_code, sum(entitlement_count) as count from outcome_count where benefit_period = 202610 group by 1 having sum(entitlement_count) > 0')
    expect(units.length).toBeGreaterThan(1)
    let hidden = 0
    for (const { unit_code: unit, count } of units) {
      const sheet = await sheetOf(unit)
      for (const table of tables(sheet)) {
        expect(numbersOf(table).filter((value) => value !== null && value > 0 && value < 5)).toEqual([])
        hidden += numbersOf(table).filter((value) => value === null).length
        // What is shown adds up to the total, as far as nothing is hidden.
        for (const [row, cells] of table.cells.entries()) if (!cells.includes(null) && table.row_totals[row] !== null) expect(cells.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBe(table.row_totals[row])
      }
      if (sheet.outcomes.total !== null) expect(String(sheet.outcomes.total)).toBe(count)
      expect(sheet.outcomes.columns).toEqual(sheetOutcomes)
    }
    expect(hidden).toBeGreaterThan(0)
  })

  test('of a unit that nobody lives in says nothing, and says it', async () => {
    const sheet = await sheetOf('99999')
    expect(sheet).toMatchObject({ unit_name: null, outcomes: { rows: [], total: 0 }, coverage: { rows: [], total: 0 }, time_to_cash: { count: 0, median_days: null } })
  })

  test('names no person, account, file or amount', async () => {
    const [unit] = await province().database.query<{ unit_code: string }>('select unit_code from outcome_count where benefit_period = 202610 group by 1 order by sum(entitlement_count) desc limit 1')
    const { signature: _, ...said } = signSheet(await sheetOf(unit?.unit_code ?? ''), await loadSigningKey(join(folder, 'a.pem')))
    expect(JSON.stringify(said)).not.toMatch(/beneficiary_id|amount|account_number|village|\d{9,}(?!\d*Z)/)
  })

  test('tells no two shares between which only a few lie', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 }), (more, numbers) => {
      const parts = [...numbers].sort((one, other) => one - other)
      const whole = (parts.at(-1) ?? 0) + more
      const told = [0, ...parts.filter((_, place) => safeSteps(parts, whole)[place] === true), whole]
      if (safeSteps(parts, whole).includes(true)) for (const [place, part] of told.slice(1).entries()) expect([1, 2, 3, 4]).not.toContain(part - (told[place] ?? 0))
    }))
    expect(safeSteps([10, 12, 20, 50], 100)).toEqual([true, false, true, true])
    expect(safeSteps([10, null, 98, 100], 100)).toEqual([true, false, false, true])
  })
})

describe('the signature', () => {
  test('stands for the sheet as it was handed out, and for nothing else', async () => {
    const [unit] = await province().database.query<{ unit_code: string }>('select unit_code from outcome_count where benefit_period = 202610 group by 1 order by sum(entitlement_count) desc limit 1')
    const key = await loadSigningKey(join(folder, 'a.pem'))
    const signed = signSheet(await sheetOf(unit?.unit_code ?? ''), key)
    const text = sheetFile(signed)
    expect(signSheet(signed.sheet, key)).toEqual(signed)
    expect(checkSheet(text)).toEqual({ fault: null, keyId: signed.signature.key_id, sheet: signed.sheet })
    expect(checkSheet(text, signed.signature.public_key).fault).toBeNull()
    expect(checkSheet(text, signed.signature.key_id).fault).toBeNull()
    const other = signSheet(signed.sheet, await loadSigningKey(join(folder, 'b.pem')))
    expect(checkSheet(text, other.signature.public_key).fault).toBe('other_key')
    expect(checkSheet(sheetFile({ ...signed, signature: { ...signed.signature, value: other.signature.value } })).fault).toBe('changed')
    expect(checkSheet(sheetFile({ ...signed, signature: { ...signed.signature, public_key: other.signature.public_key } })).fault).toBe('unreadable')
    for (const wrong of ['', '{}', 'null', '[1]', '{"sheet":1.5}', text.slice(0, -20)]) expect(checkSheet(wrong).fault).toBe('unreadable')
    // A second value of the same name, which most readers would show and a parser drops.
    expect(checkSheet(text.replace('"as_of":', '"as_of":"2020-01-01","as_of":')).fault).toBe('changed')
    expect(checkSheet(text.replace('{"sheet"', '{"note":"đã duyệt","sheet"')).fault).toBe('unreadable')
  })

  test('breaks when any single letter is changed', async () => {
    const whole = signSheet(await sheetOf('99999'), await loadSigningKey(join(folder, 'a.pem')))
    const text = sheetFile(whole)
    fc.assert(fc.property(fc.integer({ min: 0, max: text.length - 2 }), fc.constantFrom('0', '1', '9', 'a', '"', ' ', ',', '}', 'Đ'), (at, letter) => {
      fc.pre(text[at] !== letter)
      // The last letter of base64 may carry bits that mean nothing; Node reads it all the same, so the text itself is compared too.
      const { fault, sheet } = checkSheet(text.slice(0, at) + letter + text.slice(at + 1))
      if (fault === null) expect(sheet).toEqual(whole.sheet)
    }), { numRuns: 500 })
  })

  test('is made with a key that only its owner can read, the same one ever after', async () => {
    const path = join(folder, 'deep', 'key.pem')
    const first = signSheet(await sheetOf('99999'), await loadSigningKey(path))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const bytes = readFileSync(path)
    expect(signSheet(first.sheet, await loadSigningKey(path))).toEqual(first)
    expect(readFileSync(path)).toEqual(bytes)
    chmodSync(path, 0o640)
    await expect(loadSigningKey(path)).rejects.toMatchObject({ code: 'key_open' })
    writeFileSync(join(folder, 'not.pem'), 'x', { mode: 0o600 })
    await expect(loadSigningKey(join(folder, 'not.pem'))).rejects.toMatchObject({ code: 'key_unreadable' })
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadSigningKey(join(folder, 'race.pem')).then((key) => signSheet(first.sheet, key).signature.key_id)))
    expect(new Set(keys).size).toBe(1)
  })
})
