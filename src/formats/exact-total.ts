/** Adds up decimals exactly, whatever their fractions: for the totals and balances that a message states about itself. */

// The longest fraction that ISO 20022 allows anywhere (CtrlSum).
const places = 17
const pattern = /^([+-]?)(\d{0,40})(?:\.(\d{0,17}))?$/

/** A decimal as whole units of 10⁻¹⁷; null when the text is no plain decimal of at most 40 digits and 17 after the point. */
export function unitsOfDecimal(text: string): bigint | null {
  const parts = pattern.exec(text)
  if (parts === null) return null
  const [, sign = '', whole = '', fraction = ''] = parts
  if (whole === '' && fraction === '') return null
  const units = BigInt(whole + fraction.padEnd(places, '0'))
  return sign === '-' ? -units : units
}

/** The decimal that so many units of 10⁻¹⁷ are: digits, `-` before them when negative, a fraction only if not zero. */
export function decimalOfUnits(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`
}

/** A sum that knows whether everything in it could be read. */
export class ExactTotal {
  /** How many were counted. */
  count = 0
  units = 0n
  /** False once something could not be read: then the sum says nothing. */
  isComplete = true

  /** Counts one and adds it; `sign` −1 takes it away. */
  add(text: string, sign: 1 | -1 = 1): void {
    this.count += 1
    const units = unitsOfDecimal(text)
    if (units === null) this.isComplete = false
    else this.units += sign === 1 ? units : -units
  }

  get text(): string {
    return decimalOfUnits(this.units)
  }
}
