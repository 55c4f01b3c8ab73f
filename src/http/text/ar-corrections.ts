/** What the pages of corrections say in Arabic. */
import type { CorrectionsWords } from './vi-corrections.ts'

export const corrections: CorrectionsWords = {
  title: 'الصرف التكميلي والاسترداد', lead: (count, amount) => `يمكن صرف ${count} من المبالغ الآن، ${amount}.`, leadNone: 'لا يوجد الآن ما يُصرف تكميليًا.', sentence: (day) => `بحسب نتيجة ${day}. يُعدّ القائمة شخص ويعتمدها شخص آخر.`,
  proposedTitle: 'ما يمكن إدراجه الآن', kind: 'نوع القائمة', onList: 'في القائمة', leftOut: 'خارجها', make: 'إعداد قائمة', see: 'عرض', nothing: 'لا شيء', items: (count) => `${count} من المبالغ`,
  kinds: { supplementary: 'صرف تكميلي', recovery: 'استرداد', offset: 'خصم من الأشهر القادمة', account_fix: 'تصحيح الحسابات', carried_over: 'أسطر قائمة الشهر القادم' },
  means: {
    supplementary: 'مال لم يصل ويمكن صرفه الآن: حساب صالح، ولا شكوى، ولا شيء قيد التحويل.', recovery: 'صُرف مرتين أو زائدًا أو لغير صاحبه أو لحساب خاطئ: يُسترد بقرار.',
    offset: 'مبلغ زائد يُحتجز شهرًا بعد شهر متى اعتُمد الملف لذلك.', account_fix: 'حسابات مغلقة أو محجوزة أو رقمها أو صاحبها خطأ: ما المطلوب من كل بنك.', carried_over: 'ما لا يمكن صرفه الآن والمتأخرات، أسطرًا في قائمة الشهر القادم تذكر شهرها الأصلي.',
  },
  listsTitle: 'القوائم', listsNone: 'لا توجد قائمة بعد. أعدّ الأولى من الجدول أعلاه.', name: 'الرقم', place: 'المكان', country: 'البلد كله', month: 'شهر الاستحقاق', allMonths: 'كل الأشهر', amount: 'المبلغ', state: 'الحالة', answered: 'ما وصل', older: 'قوائم أقدم', newest: 'العودة إلى الأحدث', pages: 'صفحات القائمة',
  states: { draft: 'بانتظار الاعتماد', approved: 'معتمدة ولم تُرسل', sent: 'أُرسلت، بانتظار النتائج', settled: 'اكتملت', withdrawn: 'سُحبت' },
  check: {
    title: (kind) => `إعداد قائمة: ${kind}`, back: 'العودة إلى الصرف التكميلي والاسترداد', filter: 'النطاق', scheme: 'البرنامج', allSchemes: 'كل البرامج', apply: 'عرض من جديد', currency: 'العملة', checkTitle: 'تحقق قبل الإعداد', inList: (count, amount) => `${count} من المبالغ في القائمة، ${amount}.`, inListNone: 'لن يكون في القائمة شيء.',
    sums: (found, list, left) => `${found} حالة = ${list} في القائمة + ${left} خارجها.`, target: 'شهر القائمة', firstMonth: 'أول شهر يُحتجز منه', monthHint: 'مثال: 2026-12.', decision: 'رقم القرار', decisionHint: 'لازم قبل الاعتماد، مثل 125/QD-SNV.', decisionDate: 'تاريخ القرار', dateHint: 'مثال: 27/11/2026.', submit: 'إعداد هذه القائمة', submitSentence: 'يعتمدها شخص آخر قبل أن تُرسل.',
  },
  byCode: 'بحسب الحالة', code: 'الحالة', count: 'العدد', whyTitle: 'ما تُرك ولماذا', why: 'السبب',
  reasons: {
    deceased: 'توفي المستفيد أو أفاد البنك بوفاته', stopped: 'موقوف أو معلّق', on_the_way: 'قيد التحويل أو عالق لدى البنك', offset: 'محتجز بقرار خصم', disputed: 'محل خلاف: تقارير متعارضة أو مبلغ لا يُعرف صاحبه', needs_decision: 'أُعيد برمز لا يُصرف بعده تلقائيًا: يلزم ملف معتمد «أُعيد الصرف»',
    next_list: 'لم يُستلم: يُدرج في قائمة الشهر القادم', account_fix: 'لا حساب صالح بعد', no_cash_agent: 'نقدًا ولم تُسمَّ جهة الصرف', on_list: 'في قائمة أخرى', decided_otherwise: 'قُرر في الملف غير ذلك', sent_back: 'أُعيد التقييم', complaint_open: 'شكوى مفتوحة', bank_asked: 'سُئل البنك',
    later_month: 'ليس من شهر سابق لشهر القائمة', payable_now: 'يمكن صرفه الآن', beyond_months: 'تجاوز أشهر الترحيل المسموحة', counted_elsewhere: 'محسوب في حالة أخرى عن المال نفسه', not_decided: 'لم يُعتمد الملف للخصم', nothing_to_keep_back: 'لا نسبة خصم أو أقل من دونغ واحد', nothing_to_ask: 'لا عيب في الحساب', same_account: 'الحساب مدرج في القائمة',
  },
  list: {
    onIt: (count, amount) => `${count} من المبالغ، ${amount}`, law: (found, foundAmount, list, listAmount, left, leftAmount) => `تطابق إلى آخر دونغ: ${found} حالة (${foundAmount}) = ${list} في القائمة (${listAmount}) + ${left} خارجها (${leftAmount}).`,
    facts: 'عن هذه القائمة', basis: 'أُعدّت من نتيجة', until: (day) => `حتى ${day}`, madeBy: 'أعدّها', approvedBy: 'اعتمدها', sentBy: 'أرسلها', withdrawnBy: 'سحبها', nobody: 'لا أحد بعد', by: (name, moment) => `${name}، ${moment}`, decision: 'القرار', decided: (number, day) => `${number} بتاريخ ${day}`, none: 'لم يُذكر', target: 'لشهر', progress: 'النتائج', settled: (count, all, amount) => `اكتمل ${count} من ${all}، ${amount}`,
    itemsTitle: 'في القائمة', person: 'المستفيد', into: 'إلى', from: 'من', asked: 'المطلوب', itemState: 'النتيجة', next: 'الصفحة التالية', first: 'العودة إلى البداية', showing: (reason) => `يُعرض ما تُرك: ${reason}.`, showItems: 'عرض ما في القائمة', cash: 'نقدًا', nameless: 'بلا اسم',
    files: 'تنزيل', csv: 'ملف CSV', xlsx: 'جدول Excel', order: 'أمر الدفع pain.001', leftFile: 'ما تُرك (CSV)', noOrder: 'لا حساب للجهة الدافعة، فلا يمكن كتابة أمر pain.001. أدخل ملف حسابات الجهة الدافعة (payer_account).', orderLater: 'يمكن تنزيل أمر الدفع (pain.001) بعد إرسال القائمة.', notYet: 'يُنزّل بعد الاعتماد.', footer: 'تُكتب الأسماء كما تقبلها البنوك، ولا يُذكر في البيان سوى «TCXH».',
  },
  acts: {
    title: 'المطلوب', approve: 'اعتماد هذه القائمة', approveSentence: (count, amount) => `توافق على ${count} من المبالغ، ${amount}. يُتحقق أولًا من كل منها مع أحدث نتيجة.`, approved: 'اعتُمدت.', own: 'أنت أعددت هذه القائمة، فيعتمدها غيرك.', waits: 'بانتظار أن يرسلها مُعدّها.', redraft: 'إعدادها من جديد من أحدث نتيجة', redraftDone: 'أُعدّت من جديد.', send: 'إرسال',
    sendSentence: { supplementary: 'من الآن تُعدّ هذه المبالغ قيد التحويل وتُنتظر نتائج البنك. أرسل ملف pain.001 أو الجدول إلى البنك.', carried_over: 'تُستلم الأسطر قائمةً لذلك الشهر.', account_fix: 'يرى البنك الطلبات عند شباكه، وحيث يمكن السؤال يُرسل السؤال أيضًا.', recovery: 'يُسجَّل إرسال الإشعارات. ويُعرف المال العائد من تقارير الإعادة.', offset: 'من الشهر الأول لا يُعدّ المحتجز نقصًا يُصرف.' },
    sent: 'أُرسلت.', withdraw: 'سحب القائمة', withdrawSentence: 'تصبح مبالغها متاحة لقائمة أخرى.', reason: 'السبب', withdrawn: 'سُحبت.',
  },
  madeDone: 'أُعدّت القائمة، ويعتمدها شخص آخر.',
  progress: { waiting: 'بالانتظار', partly: (amount, rest) => `وصل ${amount} وبقي ${rest}`, settled: (day) => `اكتمل في ${day}`, failed: 'رُفض أو أُعيد', gone: 'لم يعد مستحقًا' },
  fromWhom: { person: 'المستفيد', holder: 'صاحب الحساب', heirs: 'الورثة والبنك', bank: 'البنك' },
  asks: { activate: 'تفعيل', unblock: 'رفع الحجز', open_new: 'فتح حساب جديد', open_account: 'فتح حساب', confirm_holder: 'تأكيد صاحب الحساب', correct_number: 'ذكر الرقم الصحيح', renew_mandate: 'تجديد التفويض' },
  origins: { listed: 'كما في القائمة', own: 'حساب آخر للمستفيد', payee: 'حساب المستلم بالنيابة', proved: 'استلم مالًا من قبل' },
  onCase: { title: 'في قوائم التصحيح', event: (name, day) => `${name}، ${day}`, payment: (reference) => `الدفعة ${reference}` },
  bank: { title: 'حسابات تحتاج تصحيحًا', lead: (count) => `${count} من حساباتكم تحتاج تصحيحًا.`, empty: 'لا حساب يحتاج تصحيحًا.', account: 'الحساب', asked: 'المطلوب', reason: 'رمز الإعادة', since: 'أُرسل في', link: 'حسابات تحتاج تصحيحًا', why: 'حين يُظهر تقرير حساباتكم أنه صُحّح يزول السطر وحده.' },
  faults: {
    list_unknown: 'لا توجد قائمة كهذه.', not_allowed: 'ليس لك ذلك.', list_changed: 'عُدّلت القائمة الآن. انظر ثم تابع.', not_a_draft: 'لم تعد القائمة بانتظار الاعتماد.', not_approved: 'القائمة غير معتمدة.', own_list: 'لا يعتمد القائمة من أعدّها.', list_empty: 'القائمة فارغة.', decision_missing: 'رقم القرار وتاريخه ناقصان.', beyond_band: 'في القائمة مبلغ فوق ما لك اعتماده.',
    outdated: 'تغيّر شيء منذ إعدادها: صُرف أو اشتُكي منه أو في قائمة أخرى. على مُعدّها إعدادها من جديد.', not_reconciled: 'لا تطابق القائمة الحالات فلا تُعتمد. أبلغ المسؤول.', already_listed: 'اعتُمد مبلغ منها الآن في قائمة أخرى. على مُعدّها إعدادها من جديد.', not_withdrawable: 'لم يعد سحب القائمة ممكنًا.', already_out: 'خرج المال. لسحبها ألغِ أولًا الملف المستلم.', reason_missing: 'اذكر السبب.', month_wrong: 'اكتب الشهر هكذا 2026-12.', date_wrong: 'اكتب اليوم هكذا 27/11/2026.', no_result: 'لا نتيجة بعد.', not_taken: 'لم تُرسل: تعذر استلام بعض الأسطر. أبلغ المسؤول.',
  },
}
