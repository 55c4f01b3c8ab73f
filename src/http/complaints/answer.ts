/** What a person is told about their case: the same sentences in a letter and in a text message, by what was decided. */
import type { Complaint, ManyCase } from '../../cases/index.ts'
import type { Language } from '../../core/index.ts'
import type { SchemeName } from '../../reports/index.ts'
import { month } from '../format.ts'
import { dictionaries, wordFor } from '../text/index.ts'

/** A case whose person is to be answered. */
export interface AnsweredCase {
  readonly one: ManyCase
  /** What they said; null: the case is no complaint. */
  readonly complaint: Complaint | null
  readonly schemes: readonly SchemeName[]
}

/** Nobody is told what only one person has decided. */
export function mayBeTold({ step }: Pick<ManyCase, 'step'>): boolean {
  return step === 'approved' || step === 'answered'
}

/** The scheme as people call it, without its code; null: the case names none. */
export function schemeFor({ one, schemes }: AnsweredCase, language: Language): string | null {
  const known = schemes.find(({ scheme }) => scheme === one.scheme)
  return (language === 'vi' ? known?.name_vi : (known?.name_en ?? known?.name_vi)) ?? one.scheme
}

/** What was found and done, by the decision: no amount, no number. */
export function decisionSentence({ one }: AnsweredCase, language: Language): string {
  const { answer } = dictionaries[language].many
  return one.resolution === null ? answer.decisions.none : wordFor(answer.decisions, one.resolution)
}

/** What comes next for the person, by the decision. */
export function nextSentence({ one }: AnsweredCase, language: Language): string {
  const { answer } = dictionaries[language].many
  return one.resolution === null ? answer.next.none : wordFor(answer.next, one.resolution)
}

/** The text message: who, which money, what was decided, whom to ask. */
export function messageText(answered: AnsweredCase, unitName: string, language: Language): string {
  const { answer } = dictionaries[language].many
  const { one } = answered
  const about = subjectOf(answered, language)
  return answer.message(one.beneficiary_name ?? answer.nameless, about, decisionSentence(answered, language), nextSentence(answered, language), unitName)
}

/** Which money it is about: scheme and month. */
export function subjectOf(answered: AnsweredCase, language: Language): string {
  const { answer } = dictionaries[language].many
  const { one } = answered
  const scheme = schemeFor(answered, language) ?? answer.anyScheme
  return one.benefit_period === null ? scheme : answer.schemeOf(scheme, month(one.benefit_period, language))
}
