/** What a personal number says by itself: where the birth was registered, the century, the sex, the year. */

/** The 63 provinces as they were numbered; the numbers have holes and outlived the mergers. */
const PROVINCES = new Set(
  ('001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 ' +
    '049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096').split(' '),
)

export const hasKnownProvince = (id: string): boolean => PROVINCES.has(id.slice(0, 3))

/** Null for 9 digits, which say nothing. */
export function saidById(id: string): { birthYear: string; sex: 'male' | 'female' } | null {
  if (id.length !== 12) return null
  const digit = Number.parseInt(id.slice(3, 4), 10)
  return { birthYear: `${19 + Math.floor(digit / 2)}${id.slice(4, 6)}`, sex: digit % 2 === 0 ? 'male' : 'female' }
}
