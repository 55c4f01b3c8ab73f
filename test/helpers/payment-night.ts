/** A night of payments from dice: who is paid, by which bank, and what became of it. */
import type { NightPayment } from './payment-messages.ts'

const names = ['NGUYEN THI NGOC ANH', 'DANG BICH THUY', 'LY A SUU', 'HOANG QUOC KHANH', 'VU THI MY', 'PHAM HUU UONG']
const banks = ['970405', '970436', '970415', '970418']
const reasons = ['AC01', 'AC04', 'AC06', 'BE01', 'MD07']

/** Numbers that look thrown and are always the same. */
function diceOf(seed: number): (sides: number) => number {
  let state = seed >>> 0
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 8) % sides
  }
}

/** `count` payments of one month; each person has one. */
export function nightOf(seed: number, count: number): NightPayment[] {
  const dice = diceOf(seed)
  return Array.from({ length: count }, (_, number) => {
    const fate = dice(10)
    const id = `001${dice(2)}${40 + dice(50)}${`${number}`.padStart(6, '0')}`
    const base = {
      reference: `E2E-${seed}-${number}`,
      agent: banks[dice(banks.length)] ?? '',
      account: `${1500200000000 + number * 7 + dice(7)}`,
      name: names[dice(names.length)] ?? '',
      id,
      scheme: 'BTXH',
      period: '2026-10',
      amount: `${540_000 + 270_000 * dice(4)}`,
      instructed: `2026-10-0${4 + dice(2)}`,
      bankReference: `FT${seed}X${number}`,
    }
    const credited = `2026-10-0${6 + dice(2)}`
    const reason = reasons[dice(reasons.length)] ?? ''
    if (fate < 6) return { ...base, status: 'ACSC', credited }
    if (fate === 6) return { ...base, status: 'PDNG' }
    return fate === 7 ? { ...base, status: 'RJCT', reason } : { ...base, status: 'RTRN', credited, returned: '2026-10-09', reason }
  })
}
