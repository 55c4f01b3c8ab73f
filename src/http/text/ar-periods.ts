/** What the pages of a payment period say in Arabic. */
import type { PeriodsWords } from './vi.ts'

export const periods: PeriodsWords = {
  navigation: 'صفحات دورات الصرف',
  pages: { periods: 'دورات الصرف', settlement: 'التسوية مع الجهات', monthlyReport: 'التقرير الشهري' },
  title: 'دورات الصرف',
  lead: 'يُقفل كل شهر استحقاق مرة واحدة، حين يتطابق المستحق والمصروف إلى آخر دونغ.',
  empty: 'لا يوجد بعد شهر استحقاق في النتائج.',
  month: 'شهر الاستحقاق', due: 'المستحق', arrived: 'وصل', missing: 'لم يصل',
}
