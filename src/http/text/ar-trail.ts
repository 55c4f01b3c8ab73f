/** The page of the trail in Arabic. */
import type { Words } from './vi.ts'

export const trail: Words['trail'] = {
  title: 'السجل', lead: 'من فعل ماذا ومتى ولماذا. لا يستطيع أحد تغيير شيء منه أو حذفه دون أن يُكتشف.',
  link: 'عرض السجل',
  filter: 'تضييق السجل', from: 'من', to: 'إلى', who: 'من قام به', kind: 'ماذا', unit: 'رمز الوحدة التي يعمل فيها', about: 'حول ملف أو قائمة', aboutHint: 'مثال: file 12', all: 'الكل', apply: 'عرض', reset: 'عرض الكل',
  empty: 'لا شيء يطابق هذا التضييق.', list: 'ما تم، الأحدث أولًا', system: 'النظام', unknown: 'شخص غير معروف', onlyThis: 'ما قام به هذا الشخص فقط', entry: (number) => `رقم ${number}`, because: (reason) => `السبب: ${reason}`, older: 'أقدم', newest: 'الأحدث', pages: 'صفحات السجل',
  about_: { case: 'الحالة', file: (id) => `الملف ${id}`, run: (id) => `التسوية ${id}`, key: (id) => `المفتاح ${id}`, queue: 'قائمة ما يحتاج معالجة', files: 'قائمة الملفات', trail: 'السجل', administration: 'قائمة الحسابات' },
  exported: (count, format) => `${count} صف، ${format}`, exportedWhole: 'أرقام كاملة', events: (count) => `${count} تغيير`, asOf: (day) => `حتى نهاية ${day}`,
  chainTitle: 'هل السجل سليم',
  chain: (entries) => `في السجل ${entries} قيد في سلسلة واحدة: تغيير قيد أو حذفه يقطع السلسلة من موضعه.`,
  signed: (moment, number) => `آخر توقيع: ${moment}، حتى القيد ${number}.`, unsigned: 'لم يُوقَّع بعد. يوقّعه النظام كل ليلة.',
  check: 'تحقق من اليوم الأخير', checkHint: 'للتحقق من كل السجل: tantay verify audit',
  whole: (from, to) => `سليم من القيد ${from} إلى القيد ${to}.`, nothingNew: 'لم يحدث شيء منذ آخر توقيع.',
  broken: 'السجل ليس سليمًا', brokenNext: 'سجّل الرقم أدناه، واترك الخادم يعمل، وأبلغ المفتشين فورًا.', brokenAt: (number) => `الموضع الأول: القيد ${number}`,
  faults: {
    content_changed: 'غُيّر أحد القيود.', entry_missing: 'حُذف أحد القيود.', entry_not_chained: 'وُضع قيد خارج السلسلة.', chain_broken: 'تغيّر ترتيب القيود.', person_taken_away: 'أُزيل اسم شخص دون أن يُسجَّل ذلك.',
    history_rebuilt: 'أُعيد بناء السلسلة من موضع في الماضي.', cut_at_tail: 'قُطعت نهاية السجل أو أُعيدت نسخة قديمة.', head_missing: 'توقيع مفقود.', head_differs: 'غُيّر ما وُقّع عليه.', signature_wrong: 'توقيع غير صحيح.',
    row_changed: 'غُيّر صف بعد كتابته.', row_missing: 'حُذف صف.', row_without_entry: 'يوجد صف لا يُعرف من كتبه.',
  },
}
