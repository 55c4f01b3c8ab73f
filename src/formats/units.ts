/**
 * Reads published lists of administrative units (JSON) into the rows of the kinds administrative_unit and unit_succession.
 *
 * Known shapes: provinces with their wards inside them (also with districts between), flat lists of units that name
 * their province, and tables `provinces`, `wards` and `ward_mappings` in one file. Spellings of keys may differ in case
 * and underscores. What is no unit and no mapping is left out, and counted.
 */
import { Refusal } from '../core/index.ts'
import { csvCell } from './records.ts'

/** What nobody can read off the file itself. */
export interface UnitDates {
  /** The first day on which these units are there, `YYYY-MM-DD`; objects may name their own. */
  readonly validFrom: string
  readonly legalBasis: string
}

/** What a file holds, as CSV with canonical headers; null where it holds nothing of the kind. */
export interface ReadUnits {
  readonly administrativeUnits: string | null
  readonly unitSuccessions: string | null
  readonly counts: { readonly provinces: number; readonly communes: number; readonly districts: number; readonly successions: number; readonly leftOut: number }
}

interface Unit {
  readonly code: string
  readonly name: string
  readonly unitType: string
  readonly level: 'province' | 'district' | 'commune'
  readonly parentCode: string
  readonly validFrom: string
}

/** Units nested deeper than a commune in a district in a province in a table are no such list. */
const maximumDepth = 12

/** @throws Refusal `json_invalid`, `units_unknown` (no unit in it), `unit_doubled` (one code for two names) */
export function readUnits(text: string, dates: UnitDates): ReadUnits {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new Refusal('fileRefused', 'json_invalid', `the file is not JSON: ${error instanceof Error ? error.message : ''}`)
  }
  const reader = new UnitReader(dates)
  reader.read(value, '', 0)
  return reader.result()
}

class UnitReader {
  private readonly dates: UnitDates
  private readonly units = new Map<string, Unit>()
  /** Old code → the codes it went into. */
  private readonly successors = new Map<string, Set<string>>()
  private leftOut = 0

  constructor(dates: UnitDates) {
    this.dates = dates
  }

  read(value: unknown, parentCode: string, depth: number): void {
    if (depth > maximumDepth) throw new Refusal('fileRefused', 'units_unknown', `the file is nested deeper than ${maximumDepth} levels; that is no list of administrative units`)
    if (Array.isArray(value)) {
      for (const one of value) this.read(one, parentCode, depth + 1)
      return
    }
    if (typeof value !== 'object' || value === null) return
    const keys = new Map(Object.entries(value).map(([key, inner]) => [key.toLowerCase().replaceAll('_', ''), inner]))
    const code = this.add(keys, parentCode)
    for (const inner of keys.values()) if (typeof inner === 'object' && inner !== null) this.read(inner, code ?? parentCode, depth + 1)
  }

  /** The code of the unit that the object is; null when it is none. */
  private add(keys: ReadonlyMap<string, unknown>, parentCode: string): string | null {
    const oldCode = codeOf(keys.get('oldwardcode') ?? keys.get('oldcode'), 5)
    const newCode = codeOf(keys.get('newwardcode') ?? keys.get('newcode'), 5)
    if (oldCode !== null && newCode !== null) {
      const into = this.successors.get(oldCode) ?? new Set()
      this.successors.set(oldCode, into.add(newCode))
      return null
    }
    const name = textOf(keys.get('fullname') ?? keys.get('namewithtype') ?? keys.get('name'))
    if (name === null) return null
    const found = this.levelAndCode(keys, parentCode)
    if (found === null) {
      if ([...keys.keys()].some((key) => key.endsWith('code'))) this.leftOut += 1
      return null
    }
    const [level, code] = found
    const given = codeOf(keys.get('provincecode') ?? keys.get('parentcode'), 2)
    const unit: Unit = {
      code, level, name: withType(name, keys), unitType: typeOf(name, keys), parentCode: level === 'province' ? '' : (given ?? parentCode),
      validFrom: textOf(keys.get('effectivedate') ?? keys.get('validfrom')) ?? this.dates.validFrom,
    }
    const known = this.units.get(`${level} ${code}`)
    if (known !== undefined && known.name !== unit.name) throw new Refusal('fileRefused', 'unit_doubled', `the code ${code} is given to ${known.name} and to ${unit.name}; which one counts is not guessed`)
    this.units.set(`${level} ${code}`, unit)
    return code
  }

  /** Provinces have two digits, districts three, communes five; numbers have lost their zeros, which are certain by the level. */
  private levelAndCode(keys: ReadonlyMap<string, unknown>, parentCode: string): ['province' | 'district' | 'commune', string] | null {
    const ward = codeOf(keys.get('wardcode'), 5)
    if (ward !== null) return ['commune', ward]
    const own = keys.get('code')
    const province = codeOf(keys.get('provincecode'), 2)
    // A province may have a number beside a code of letters.
    if (province !== null && codeOf(own, 5) === null) return ['province', province]
    const isInside = parentCode !== '' || province !== null
    if (typeof own === 'number') {
      const hasChildren = ['wards', 'ward', 'districts', 'district'].some((key) => keys.has(key))
      if (!isInside) return ['province', `${own}`.padStart(2, '0')]
      return hasChildren ? ['district', `${own}`.padStart(3, '0')] : ['commune', `${own}`.padStart(5, '0')]
    }
    const code = textOf(own)
    if (code === null || !/^(?:\d{2}|\d{3}|\d{5})$/.test(code)) return null
    return [code.length === 2 ? 'province' : code.length === 3 ? 'district' : 'commune', code]
  }

  result(): ReadUnits {
    const units = [...this.units.values()]
    const count = (level: Unit['level']): number => units.filter((unit) => unit.level === level).length
    if (units.length === 0 && this.successors.size === 0) throw new Refusal('fileRefused', 'units_unknown', 'the file holds no administrative unit in a known shape: objects with code and name, or tables provinces, wards and ward_mappings')
    const successions = [...this.successors].flatMap(([oldCode, into]) =>
      // A unit that kept its code goes on under it; only what went elsewhere is a succession.
      [...into].filter((newCode) => newCode !== oldCode).map((newCode) => [oldCode, newCode, this.dates.validFrom, into.size > 1 ? 'part' : 'whole']))
    return {
      administrativeUnits: units.length === 0 ? null : csvOf(['unit_code', 'name', 'unit_type', 'level', 'parent_code', 'valid_from', 'legal_basis'],
        units.map(({ code, name, unitType, level, parentCode, validFrom }) => [code, name, unitType, level, parentCode, validFrom, this.dates.legalBasis])),
      unitSuccessions: successions.length === 0 ? null : csvOf(['old_code', 'new_code', 'effective_date', 'part'], successions),
      counts: { provinces: count('province'), districts: count('district'), communes: count('commune'), successions: successions.length, leftOut: this.leftOut },
    }
  }
}

function csvOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map((cell) => csvCell(cell, ',')).join(',')}\n`).join('')
}

function codeOf(value: unknown, length: number): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return `${value}`.padStart(length, '0')
  const text = textOf(value)
  return text !== null && /^\d{2,5}$/.test(text) ? text : null
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.normalize('NFC').trim() : ''
  return text === '' ? null : text
}

const unitTypes = ['thành phố', 'tỉnh', 'quận', 'huyện', 'thị xã', 'thị trấn', 'phường', 'xã', 'đặc khu'] as const

/** What the unit is called by: the first words of its full name, or what the object says. */
function typeOf(name: string, keys: ReadonlyMap<string, unknown>): string {
  const spoken = (text: string): string | undefined => unitTypes.find((type) => text.toLowerCase().startsWith(type))
  return spoken(name) ?? spoken(textOf(keys.get('divisiontype') ?? keys.get('placetype') ?? keys.get('type')) ?? '') ?? ''
}

/** The name with its type in front, where the list keeps the two apart in Vietnamese. */
function withType(name: string, keys: ReadonlyMap<string, unknown>): string {
  const type = typeOf(name, keys)
  return type === '' || name.toLowerCase().startsWith(type) ? name : `${type.slice(0, 1).toUpperCase()}${type.slice(1)} ${name}`
}
