/** What is typed into the form for a complaint: read, checked, and said back. */
import { answerWays, complaintWays, readPhone, type AnswerWay, type ComplaintGiven, type ComplaintWay } from '../../cases/index.ts'
import { parseBenefitPeriod, visibleText } from '../../core/index.ts'

/** The fields as they were typed. */
export interface ComplaintAnswers {
  /** One of the person's months, or `other`. */
  readonly month: string
  /** For `other`: MM/YYYY. */
  readonly otherMonth: string
  /** The code of a scheme; empty: they do not know. */
  readonly scheme: string
  readonly words: string
  readonly cameBy: string
  readonly wantedAnswer: string
  readonly phone: string
  /** Of somebody on no list. */
  readonly name: string
}

/** A field that has to be corrected. */
export interface ComplaintFault {
  readonly field: 'month' | 'words' | 'wantedAnswer' | 'phone' | 'name'
  readonly error: 'month' | 'monthAhead' | 'tooLong' | 'wantedAnswer' | 'phoneMissing' | 'phone' | 'name' | 'letters' | 'elsewhere'
}

const longestWords = 1000
const longestName = 300
/** Signs that nobody types: of control, and what stands for half a letter. */
const unkeepable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/

/** An empty form: the newest month, at the desk. */
export function emptyComplaint(months: readonly string[]): ComplaintAnswers {
  return { month: months[0] ?? 'other', otherMonth: '', scheme: '', words: '', cameBy: 'desk', wantedAnswer: '', phone: '', name: '' }
}

/** The answers in the body of a request; whatever is no text is empty. */
export function readComplaint(body: Readonly<Record<string, unknown>>): ComplaintAnswers {
  const text = (name: keyof ComplaintAnswers): string => {
    const value = body[name]
    return typeof value === 'string' ? visibleText(value.normalize('NFC').replace(/\r\n?/g, '\n')) : ''
  }
  return { month: text('month'), otherMonth: text('otherMonth'), scheme: text('scheme'), words: text('words'), cameBy: text('cameBy'), wantedAnswer: text('wantedAnswer'), phone: text('phone'), name: text('name') }
}

/** The month that is meant, `YYYY-MM`; null when what is typed is none. */
export function monthOf({ month, otherMonth }: ComplaintAnswers): string | null {
  return month === 'other' ? parseBenefitPeriod(otherMonth) : parseBenefitPeriod(month)
}

/** What has to be corrected, in the order of the form. */
export function complaintFaults(answers: ComplaintAnswers, today: string, isKnown: boolean): ComplaintFault[] {
  const faults: ComplaintFault[] = []
  const month = monthOf(answers)
  if (!isKnown && answers.name === '') faults.push({ field: 'name', error: 'name' })
  if (answers.name.length > longestName) faults.push({ field: 'name', error: 'tooLong' })
  else if (unkeepable.test(answers.name)) faults.push({ field: 'name', error: 'letters' })
  if (month === null) faults.push({ field: 'month', error: 'month' })
  else if (month > today.slice(0, 7)) faults.push({ field: 'month', error: 'monthAhead' })
  if (answers.words.length > longestWords) faults.push({ field: 'words', error: 'tooLong' })
  else if (unkeepable.test(answers.words)) faults.push({ field: 'words', error: 'letters' })
  if (!answerWays.some((way) => way === answers.wantedAnswer)) faults.push({ field: 'wantedAnswer', error: 'wantedAnswer' })
  if (answers.phone !== '' && readPhone(answers.phone) === null) faults.push({ field: 'phone', error: 'phone' })
  if (answers.phone === '' && (answers.wantedAnswer === 'text_message' || answers.wantedAnswer === 'phone')) faults.push({ field: 'phone', error: 'phoneMissing' })
  return faults
}

/** The complaint, of answers without faults. */
export function complaintFrom(answers: ComplaintAnswers, { personKey, isStranger }: Pick<ComplaintGiven, 'personKey' | 'isStranger'>, today: string, schemes: readonly string[]): ComplaintGiven {
  return {
    personKey,
    isStranger,
    scheme: schemes.includes(answers.scheme) ? answers.scheme : null,
    benefitPeriod: monthOf(answers) ?? '',
    complainedDate: today,
    cameBy: complaintWays.find((way) => way === answers.cameBy) ?? ('desk' satisfies ComplaintWay),
    wantedAnswer: answerWays.find((way) => way === answers.wantedAnswer) ?? ('in_person' satisfies AnswerWay),
    phone: answers.phone === '' ? null : readPhone(answers.phone),
    words: answers.words === '' ? null : answers.words,
    personName: answers.name === '' ? null : answers.name,
  }
}
