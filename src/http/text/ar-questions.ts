/** What the pages about questions to banks, their answers and a bank's score-card say in Arabic. */
import type { QuestionsWords } from './vi-questions.ts'

export const questions: QuestionsWords = {
  answerCodes: {
    account_open: 'الحساب مفتوح', account_closed: 'الحساب مغلق', account_blocked: 'الحساب مجمّد', account_dormant: 'الحساب خامل أو غير مفعّل', holder_confirmed: 'صاحب الحساب صحيح', holder_differs: 'صاحب الحساب شخص آخر',
    credited: 'أُودع', not_credited: 'لم يُودع', will_be_credited: 'سيُودع', returned: 'أُعيد المال', other: 'إجابة أخرى',
  },
  about: {
    account: 'الحساب', state: 'الحالة المبلّغ عنها', payment: 'المبلغ المحوّل', reference: 'المرجع', amount: 'المبلغ', instructed: 'يوم أمر الصرف', credited: 'يوم الإيداع', returned: 'يوم الإعادة', reason: 'رمز السبب', lines: 'أسطر من ملفات البنك نفسه', line: (file, line) => `الملف ${file}، السطر ${line}`, lineGone: 'لم يعد ممكنًا قراءة هذا السطر.',
  },
  desk: {
    title: 'سؤال البنك', ask: (bank) => `اسأل ${bank}`, sees: 'لن يرى البنك سوى السؤال والأسطر أدناه مع رقم الحساب كاملًا. لا تكتب عن البرنامج أو ظروف الشخص أو أشهر أخرى.', question: 'السؤال', questionHint: 'جملة جاهزة يمكنك تعديلها.', due: 'الإجابة مطلوبة قبل نهاية يوم', dueHint: 'مثلًا 27/11/2026. المعتاد 3 أيام عمل.', send: 'أرسل السؤال',
    asked: (name, bank, moment) => `سأل ${name} ${bank}، ${moment}`, answered: (name, bank, moment) => `أجاب ${name} (${bank})، ${moment}`, waiting: (day) => `الإجابة منتظرة حتى نهاية ${day}.`, late: (day) => `تأخرت الإجابة منذ ${day}.`, sent: 'أُرسل السؤال إلى البنك.',
    queue: 'إجابة البنك', queues: { asked: 'بانتظار إجابة البنك', answered: 'أجاب البنك' }, hasAnswered: 'أجاب البنك', isAsked: 'بانتظار البنك', today: (count) => `أجابت البنوك في ${count} من الحالات. اقرأ الإجابات وتابع.`,
    errors: { question_missing: 'اكتب السؤال.', question_too_long: 'اختصر السؤال إلى 2000 حرف.', due_date_wrong: 'اختر يومًا بعد اليوم وخلال 60 يومًا.', due_date_unreadable: 'اكتب اليوم هكذا: 27/11/2026.' },
  },
  bank: {
    title: 'أسئلة موجّهة إلى البنك', lead: (open, overdue) => `${open} من الأسئلة بانتظار الإجابة، منها ${overdue} تجاوزت موعدها.`, leadOpen: (open) => `${open} من الأسئلة بانتظار الإجابة.`, leadNone: 'لا سؤال بانتظار الإجابة.', why: 'يسأل الموظفون عن أموال لم تصل إلى أصحابها. تدخل إجابتك مباشرة في ملف الحالة.',
    filter: 'عرض', states: { open: 'بانتظار الإجابة', answered: 'أُجيب عنها', all: 'الكل' }, empty: 'لا أسئلة هنا.', emptyOpen: 'سيظهر هنا كل سؤال جديد.', number: 'الرقم', asked: 'وقت السؤال', due: 'موعد الإجابة', question: 'السؤال', answer: 'الإجابة', overdue: 'متأخر', pages: 'صفحات القائمة', next: 'الصفحة التالية', first: 'إلى بداية القائمة', list: 'قائمة الأسئلة',
    one: (asked) => `سؤال بتاريخ ${asked}`, back: 'إلى قائمة الأسئلة', what: 'السؤال', aboutTitle: 'عن أي مال', answerTitle: 'الإجابة', code: 'نتيجة التحقق', words: 'بكلماتك', wordsHint: 'جملة أو جملتان ليعرف الموظف ما يفعله بعد ذلك. اختياري، إلا إذا اخترت «إجابة أخرى».', check: 'راجع قبل الإرسال', checkTitle: 'هل ترسل هذه الإجابة؟', checkSentence: 'لا يمكن تعديلها بعد الإرسال. ويمكن للموظف أن يسأل مجددًا.', send: 'أرسل الإجابة', change: 'تعديل',
    sent: 'أُرسلت الإجابة. يراها الموظف في الملف فورًا.', answeredBy: (name, moment) => `أجاب ${name}، ${moment}`, noWords: 'لم يُضف شيء.', alreadyTitle: 'أُجيب عن هذا السؤال من قبل', already: 'أدناه الإجابة التي أُرسلت أولًا. ما كتبته الآن لم يُرسل.',
    errors: { title: 'لم تُرسل بعد', code_missing: 'اختر نتيجة.', answer_missing: 'اكتب الإجابة.', answer_too_long: 'اختصر إلى 2000 حرف.' }, export: { sentence: 'الأحدث أولًا.', account: 'رقم الحساب', reference: 'المرجع', amount: 'المبلغ', currency: 'العملة', credited: 'يوم الإيداع', code: 'النوع', answeredAt: 'وقت الإجابة', answeredBy: 'المجيب', words: 'بكلماته' },
  },
  score: {
    title: 'أداء البنك', asOf: (day) => `حتى نهاية يوم ${day}`, noRun: 'لا توجد تسوية بعد، فلا شيء يُقاس.', noPayments: 'ليس للبنك أي مبلغ في هذه النتيجة.',
    lead: (own, others) => `أُودع في يوم أمر الصرف أو اليوم التالي: ${own} من المبالغ؛ وجميع البنوك الأخرى معًا: ${others}.`, leadAlone: (own) => `أُودع في يوم أمر الصرف أو اليوم التالي: ${own} من المبالغ.`, leadNothing: 'لا يوجد بعد مبلغ يُقاس زمنه.',
    explain: 'إلى جانب أرقامك أرقام جميع البنوك الأخرى معًا. لا يرى أي بنك أرقام بنك آخر بعينه.', fewOthers: 'البنوك الأخرى أقل من ثلاثة، فلا مقارنة: إذ يمكن تخمين من هي.', hidden: 'لا يكفي للمقارنة', nothing: 'لا شيء بعد',
    pictureTitle: 'إلى جانب البنوك الأخرى', pictureSentence: 'كل صف نسبة؛ الشريط لك، والخط القائم لجميع البنوك الأخرى معًا.', measure: 'المقياس', own: 'بنكك', others: 'جميع البنوك الأخرى معًا', counts: (part, whole) => `${part} من ${whole}`,
    names: { reports_in_time: 'تقارير في موعدها', prompt: 'أُودع في يوم أمر الصرف أو اليوم التالي', rejected: 'رُفض', returned: 'أُعيد', withdrawn: 'سُحب خلال 7 أيام من الإيداع', answered_in_time: 'أسئلة أُجيب عنها في موعدها' },
    times: { credit_median: 'نصف المبالغ يُودع خلال', credit_p90: 'تسعة من عشرة تُودع خلال', withdrawal_median: 'نصف الناس يسحبون خلال', lag: 'تأخر تقارير السحب عن يوم النتيجة' }, timesTitle: 'المدد', tableTitle: 'النسب', days: (count) => `${count} يوم`, sameDay: 'في اليوم نفسه', notReached: 'لم يبلغوا النصف بعد',
    reasonsTitle: 'لماذا تُرفض المبالغ أو تُعاد', reasonsNone: 'لم يُرفض أي مبلغ ولم يُعَد.', reason: 'السبب', noReason: 'دون ذكر سبب', payments: 'عدد المبالغ', shareOfAll: 'من كل المبالغ', questionsLink: 'عرض الأسئلة',
  },
}
