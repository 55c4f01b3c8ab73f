/** One text for one value: what is signed or chained is the same on every machine and in every language. */

/** Keys by code point, no blanks, letters in NFC as they came. Only whole numbers are written, so nothing depends on how fractions are printed. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`${value} has no single way to be written`)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`
}

/** What a text says, and whether it is written in the one way; null for what is no JSON, or holds fractions. */
export function readCanonical(text: string): { readonly value: unknown; readonly isCanonical: boolean } | null {
  try {
    const value: unknown = JSON.parse(text)
    return { value, isCanonical: canonicalJson(value) === text.trim() }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
}
