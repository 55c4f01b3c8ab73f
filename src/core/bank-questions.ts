/** What banks are asked about, in ready sentences that the officer may change, and how they can answer. */
import type { Sentence } from './problem-texts.ts'

/** How a bank answers: one of these, with a sentence of its own where it has more to say (0026). */
export const answerCodes = ['account_open', 'account_closed', 'account_blocked', 'account_dormant', 'holder_confirmed', 'holder_differs', 'credited', 'not_credited', 'will_be_credited', 'returned', 'other'] as const
export type AnswerCode = (typeof answerCodes)[number]

/** More than these letters is a letter, not a question or an answer. */
export const longestQuestion = 2000

/** Findings that hang on a bank, each with what is usually asked. */
export const readyQuestions = {
  returned: {
    vi: 'Khoản này đã bị từ chối hoặc bị trả lại. Xin cho biết lý do cụ thể, và chi lại vào tài khoản này có được không.',
    en: 'This payment was rejected or sent back. What exactly was the reason, and can it be sent to this account again?',
    ar: 'رُفض هذا المبلغ أو أُعيد. ما السبب بالتحديد، وهل يمكن إرساله إلى هذا الحساب مرة أخرى؟',
  },
  stuck: {
    vi: 'Khoản này đã được lệnh chi nhưng chưa thấy ghi có. Xin cho biết khoản tiền đang ở đâu và ngày nào sẽ ghi có.',
    en: 'This payment was instructed and has not been credited. Where is it now, and on which day will it be credited?',
    ar: 'صدر أمر بهذا المبلغ ولم يُودَع بعد. أين هو الآن، وفي أي يوم سيُودَع؟',
  },
  wrong_account: {
    vi: 'Khoản này đã được ghi có vào một tài khoản mà chúng tôi không chờ đợi. Xin kiểm tra tài khoản nhận và cho biết có thu hồi hoặc chuyển lại được không.',
    en: 'This payment was credited to an account that we did not expect. Please check the account, and tell us whether it can be recalled or moved.',
    ar: 'أُودع هذا المبلغ في حساب لم نكن نتوقعه. يُرجى التحقق من الحساب وإفادتنا هل يمكن استرداده أو تحويله.',
  },
  not_withdrawable: {
    vi: 'Tiền đã ghi có nhưng tài khoản này đang không rút được. Xin cho biết tình trạng tài khoản, và khách hàng phải làm gì để nhận tiền.',
    en: 'The money was credited, but this account cannot be used. What is the state of the account, and what must the customer do to get the money?',
    ar: 'أُودع المال لكن هذا الحساب لا يمكن استخدامه. ما حالة الحساب، وماذا على العميل أن يفعل لاستلام المال؟',
  },
  not_withdrawn: {
    vi: 'Khoản này đã ghi có hơn 30 ngày mà chưa thấy rút. Xin cho biết tài khoản còn hoạt động và khách hàng có rút được không.',
    en: 'This payment was credited more than 30 days ago and no withdrawal has been reported. Is the account open, and can the customer withdraw?',
    ar: 'أُودع هذا المبلغ قبل أكثر من 30 يومًا ولم يُبلَّغ عن سحبه. هل الحساب مفتوح، وهل يستطيع العميل السحب؟',
  },
  holder_mismatch: {
    vi: 'Xin cho biết tài khoản này đứng tên ai (họ tên và số định danh) theo hồ sơ của ngân hàng.',
    en: 'In whose name is this account (name and identity number), as your own records have it?',
    ar: 'باسم من هذا الحساب (الاسم ورقم الهوية) بحسب سجلات البنك؟',
  },
  account_not_usable: {
    vi: 'Theo báo cáo, tài khoản này đang không dùng được. Xin cho biết tình trạng hiện nay, và mở lại hoặc kích hoạt bằng cách nào.',
    en: 'This account was reported as not usable. What is its state today, and how can it be opened or activated again?',
    ar: 'أُبلغ عن هذا الحساب بأنه غير صالح للاستخدام. ما حالته اليوم، وكيف يُعاد فتحه أو تفعيله؟',
  },
  conflicting_line: {
    vi: 'Khoản này được báo hai lần với số liệu khác nhau. Xin cho biết số tiền, tài khoản và kết quả nào là đúng.',
    en: 'This payment was reported twice with different figures. Which amount, account and result is right?',
    ar: 'أُبلغ عن هذا المبلغ مرتين ببيانات مختلفة. أي مبلغ وحساب ونتيجة هي الصحيحة؟',
  },
  paid_late: {
    vi: 'Khoản này được ghi có sau hạn. Xin cho biết vì sao chậm.',
    en: 'This payment was credited after its day. Why was it late?',
    ar: 'أُودع هذا المبلغ بعد موعده. ما سبب التأخر؟',
  },
  paid_short: {
    vi: 'Số tiền ghi có ít hơn số phải chi. Xin cho biết phần còn thiếu đang ở đâu.',
    en: 'Less was credited than was due. Where is the rest?',
    ar: 'أُودع مبلغ أقل من المستحق. أين الباقي؟',
  },
  paid_over: {
    vi: 'Số tiền ghi có nhiều hơn số phải chi. Xin kiểm tra và cho biết có ghi có nhầm không.',
    en: 'More was credited than was due. Please check whether it was credited by mistake.',
    ar: 'أُودع مبلغ أكثر من المستحق. يُرجى التحقق هل أُودع خطأً.',
  },
  paid_twice: {
    vi: 'Khoản này được ghi có hai lần. Xin kiểm tra và cho biết lần ghi có nào là nhầm.',
    en: 'This payment was credited twice. Please check which of the two was a mistake.',
    ar: 'أُودع هذا المبلغ مرتين. يُرجى التحقق أيّ المرتين كانت خطأً.',
  },
} as const satisfies Readonly<Record<string, Sentence>>
export type AskedCode = keyof typeof readyQuestions

/** Whether findings of this code hang on a bank. */
export function isAskedOf(code: string): code is AskedCode {
  return Object.hasOwn(readyQuestions, code)
}
