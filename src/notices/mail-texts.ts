/** What e-mails to banks say, in each language: short, kind, and nothing of any person. */
import { refusalSentence, type Language } from '../core/index.ts'
import type { EventKind } from './places.ts'

interface Words {
  /** A subject, and the sentences of the text. */
  readonly told: Readonly<Record<EventKind, (said: Said) => readonly [subject: string, ...sentences: string[]]>>
  readonly see: (address: string) => string
  readonly closing: string
}

/** What a payload says, as text; what it does not say is empty. */
interface Said {
  readonly file: string
  readonly lines: string
  readonly accepted: string
  readonly problems: string
  readonly refusal: string
  readonly due: string
  readonly kind: string
}

const dictionaries: Readonly<Record<Language, Words>> = {
  vi: {
    told: {
      'file.sealed': ({ file, lines, accepted, problems }) => [problems === '0' ? 'Tệp đã được tiếp nhận' : `Tệp đã được tiếp nhận, ${problems} dòng cần sửa`, `Tệp ${file} đã được đọc xong: ${lines} dòng, ${accepted} dòng được nhận, ${problems} dòng cần sửa.`, ...(problems === '0' ? [] : ['Mời quý ngân hàng xem các dòng cần sửa, sửa rồi gửi lại riêng các dòng đó.'])],
      'file.refused': ({ file, refusal }) => ['Tệp chưa được tiếp nhận', `Tệp ${file} chưa được tiếp nhận. Chưa dòng nào được ghi nhận.`, refusal, 'Mời quý ngân hàng xem lý do, sửa tệp rồi gửi lại.'],
      'file.failed': ({ file }) => ['Tệp chưa đọc được do lỗi của hệ thống', `Tệp ${file} đã được lưu an toàn, nhưng hệ thống của chúng tôi chưa đọc được.`, 'Xin lỗi quý ngân hàng. Mời gửi lại sau; gửi lại không gây trùng.'],
      'question.asked': ({ due }) => ['Có câu hỏi mới về một tài khoản', `Một câu hỏi đang chờ quý ngân hàng trả lời, hạn ${due}.`],
      'question.due': ({ due }) => ['Câu hỏi đã quá hạn trả lời', `Một câu hỏi có hạn ${due} và chưa được trả lời. Có người đang chờ câu trả lời này.`],
      'report.due': ({ kind, due }) => ['Đã đến hạn gửi tệp', `Tệp ${kind} có hạn ${due} chưa tới nơi. Mời quý ngân hàng gửi.`],
    },
    see: (address) => `Xem tại: ${address}`,
    closing: 'Thư này do hệ thống đối soát chi trả an sinh xã hội Tận Tay tự động gửi và không chứa thông tin cá nhân.',
  },
  en: {
    told: {
      'file.sealed': ({ file, lines, accepted, problems }) => [problems === '0' ? 'Your file was taken' : `Your file was taken; ${problems} lines need correction`, `File ${file} has been read: ${lines} lines, ${accepted} accepted, ${problems} to be corrected.`, ...(problems === '0' ? [] : ['Please look at the lines to be corrected, and send those lines again.'])],
      'file.refused': ({ file, refusal }) => ['Your file was not taken', `File ${file} was not taken. None of its lines counts.`, refusal, 'Please look at the reason, correct the file and send it again.'],
      'file.failed': ({ file }) => ['Your file could not be read, by our fault', `File ${file} is kept safely, but our system could not read it.`, 'We are sorry. Please send it again later; sending it twice does no harm.'],
      'question.asked': ({ due }) => ['A new question about an account', `A question waits for your answer, by ${due}.`],
      'question.due': ({ due }) => ['A question is overdue', `A question was due on ${due} and has no answer yet. Somebody waits for it.`],
      'report.due': ({ kind, due }) => ['A file is due', `The file ${kind}, due on ${due}, has not arrived. Please send it.`],
    },
    see: (address) => `See: ${address}`,
    closing: 'Sent by Tận Tay, the reconciliation of social-security payments, by itself. It holds nothing about any person.',
  },
  ar: {
    told: {
      'file.sealed': ({ file, lines, accepted, problems }) => [problems === '0' ? 'تم استلام ملفكم' : `تم استلام ملفكم، وعدد الأسطر التي تحتاج إلى تصحيح ${problems}`, `قُرئ الملف ${file}: ${lines} سطر، قُبل منها ${accepted}، ويحتاج إلى تصحيح ${problems}.`, ...(problems === '0' ? [] : ['نرجو مراجعة الأسطر التي تحتاج إلى تصحيح ثم إرسالها وحدها من جديد.'])],
      'file.refused': ({ file, refusal }) => ['لم يُستلم ملفكم', `لم يُستلم الملف ${file}. لم يُحتسب أي سطر منه.`, refusal, 'نرجو مراجعة السبب وتصحيح الملف ثم إرساله من جديد.'],
      'file.failed': ({ file }) => ['تعذرت قراءة ملفكم بسبب خلل لدينا', `الملف ${file} محفوظ بأمان، لكن نظامنا لم يستطع قراءته.`, 'نعتذر منكم. نرجو إرساله لاحقًا؛ فتكرار الإرسال لا يضر.'],
      'question.asked': ({ due }) => ['سؤال جديد عن حساب', `سؤال ينتظر جوابكم قبل ${due}.`],
      'question.due': ({ due }) => ['سؤال فات موعد جوابه', `كان موعد جواب أحد الأسئلة ${due} ولم يُجب عنه بعد. هناك من ينتظره.`],
      'report.due': ({ kind, due }) => ['حان موعد ملف', `الملف ${kind} الذي موعده ${due} لم يصل بعد. نرجو إرساله.`],
    },
    see: (address) => `للاطلاع: ${address}`,
    closing: 'أرسل هذه الرسالة تلقائيًا نظام تسوية صرف الضمان الاجتماعي «تان تاي»، وليس فيها شيء عن أي شخص.',
  },
}

const kindNames: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  vi: { disbursement: 'chi trả', withdrawal: 'rút tiền', account_opening: 'mở tài khoản' },
  en: { disbursement: 'of payments', withdrawal: 'of withdrawals', account_opening: 'of accounts' },
  ar: { disbursement: 'الخاص بالمدفوعات', withdrawal: 'الخاص بالسحوبات', account_opening: 'الخاص بالحسابات' },
}

/** Where the thing that a message is about is looked at. */
function placeOf({ file_id: file, question_id: question }: Readonly<Record<string, unknown>>): string {
  if (typeof file === 'string') return `/bank/files/${file}`
  return typeof question === 'string' ? `/bank/questions/${question}` : '/bank'
}

/** Subject and text of a message. */
export function mailText(kind: EventKind, payload: Readonly<Record<string, unknown>>, language: Language, publicUrl: string | null): { readonly subject: string; readonly text: string } {
  const words = dictionaries[language]
  const [subject, ...sentences] = words.told[kind](saidIn(payload, language))
  const lines = [...sentences.filter((sentence) => sentence !== ''), ...(publicUrl === null ? [] : [words.see(`${publicUrl}${placeOf(payload)}`)]), words.closing]
  return { subject: `Tận Tay: ${subject}`, text: `${lines.join('\n\n')}\n` }
}

function saidIn(payload: Readonly<Record<string, unknown>>, language: Language): Said {
  const text = (name: string): string => {
    const value = payload[name]
    return typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : ''
  }
  const [year, month, day] = text('due_date').split('-')
  const kind = text('kind')
  return {
    file: text('file_id'), lines: text('lines'), accepted: text('accepted'), problems: text('problems') === '' ? '0' : text('problems'), refusal: refusalSentence(text('refusal_code'), language) ?? '',
    due: day === undefined ? '' : language === 'en' ? `${year ?? ''}-${month ?? ''}-${day}` : `${day}/${month ?? ''}/${year ?? ''}`, kind: kindNames[language][kind] ?? kind,
  }
}
