/** What the pages of a payment period say in English: the list, one period, its minutes. */
import type { PeriodsWords } from './vi.ts'

export const periods: PeriodsWords = {
  navigation: 'Pages of payment periods',
  pages: { periods: 'Payment periods', settlement: 'Settlement', monthlyReport: 'Monthly report' },
  title: 'Payment periods',
  lead: 'Each benefit period is signed off once, when what was due and what was paid agree to the dong.',
  empty: 'There is no benefit period in the results yet.',
  month: 'Benefit period', due: 'Due', arrived: 'Arrived', missing: 'Missing',
}
