/** What the tables hold, for the query builder; written by `npm run generate-types` from the migrated schema. */
import type { ColumnType } from "kysely";

export type AccountState = "activated" | "none" | "opened" | "usable";

export type AccountStatus = "active" | "blocked" | "closed" | "dormant" | "inactive";

export type AnswerWay = "in_person" | "letter" | "phone" | "text_message";

export type ArrayType<T> = ArrayTypeImpl<T> extends (infer U)[]
  ? U[]
  : ArrayTypeImpl<T>;

export type ArrayTypeImpl<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S[], I[], U[]>
  : T[];

export type CashEvent = "censored" | "closed" | "died" | "not_reported" | "returned" | "withdrawn";

export type ComplaintWay = "desk" | "home" | "letter" | "phone";

export type Component = "arrears" | "carer" | "carried_over" | "funeral" | "one_off" | "regular" | "top_up";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type ListStatus = "active" | "stopped" | "suspended";

export type MandateRelation = "authorised" | "guardian" | "household_head" | "institution" | "parent";

export type MatchRule = "account" | "former_id_period" | "household" | "id_oldest" | "id_period" | "id_periods";

export type OutcomeClass = "carried_over" | "in_transit" | "not_collected" | "not_due" | "paid" | "paid_late" | "paid_over" | "paid_short" | "paid_twice" | "returned" | "stuck" | "unpaid" | "unpaid_no_account";

export type PayeeType = "authorised" | "guardian" | "household_head" | "institution" | "parent" | "self";

export type PaymentChannel = "account" | "cash" | "post" | "wallet";

export type SettlementCause = "amount_differs" | "charge" | "credited_not_debited" | "debited_too_little" | "debited_too_much" | "rejection_not_booked" | "return_not_booked" | "return_not_reported" | "statement_gap" | "unexplained";

export type SettlementClass = "charge" | "handed_back" | "paid" | "received" | "returned" | "unexplained";

export type Sex = "female" | "male";

export type StatementEntryKind = "closing" | "credit" | "debit" | "opening";

export type TransactionStatus = "ACCC" | "ACSC" | "ACSP" | "NCOL" | "PDNG" | "RJCT" | "RTRN";

export type VisitResult = "absent" | "died" | "exempt" | "moved" | "opened" | "refused";

export type VitalStatus = "alive" | "dead" | "missing";

export type WithdrawalChannel = "agent" | "atm" | "branch" | "home" | "pos" | "post" | "transfer";

export interface AccessCount {
  account_state: AccountState;
  benefit_period: number;
  entitlement_count: string;
  has_card: boolean;
  is_first_of_month: boolean;
  is_paid: boolean;
  is_withdrawn: boolean;
  missing_fields: number;
  payment_channel: PaymentChannel;
  scheme_id: number;
  unit_code: string;
  village: string | null;
}

export interface AccountReport {
  account_key: string;
  account_status: AccountStatus;
  activated_date: string | null;
  card_issued_date: string | null;
  closed_date: string | null;
  creditor_agent: number;
  file_id: number;
  line_number: string;
  opened_date: string;
  person_key: string;
  reported_date: string | null;
}

export interface AccountStatementRow {
  account_key: string;
  /**
   * above zero for credit and debit; of a balance below zero where the account is overdrawn
   */
  amount: string;
  benefit_period: number | null;
  /**
   * the account on the other side; null: not stated
   */
  counterparty_key: string | null;
  currency: string;
  end_to_end_id: string | null;
  entry_date: string;
  entry_kind: StatementEntryKind;
  entry_reference: string | null;
  entry_text: string | null;
  entry_type: string | null;
  file_id: number;
  line_number: string;
  /**
   * negative: the bucket of the account, so that its rows lie together
   */
  person_key: string;
  /**
   * as the entry itself states it; null: it states none
   */
  scheme_id: number | null;
  statement_number: string;
  value_date: string | null;
}

export interface AddressKey {
  secret: Buffer;
}

export interface AdministrativeUnit {
  legal_basis: string | null;
  level: string | null;
  name: string | null;
  parent_code: string | null;
  unit_code: string | null;
  unit_type: string | null;
  valid_from: string | null;
  valid_to: string | null;
}

export interface AdministrativeUnitRow {
  file_id: string;
  legal_basis: string | null;
  level: string | null;
  line_number: string;
  name: string;
  parent_code: string | null;
  unit_code: string;
  unit_type: string | null;
  valid_from: string;
  valid_to: string | null;
}

export interface Alarm {
  alarm_id: string;
  as_of: string;
  failure_code: string | null;
  kind: string;
  published_as_of: string | null;
  raised_at: string;
  well_again_at: string | null;
}

export interface AlarmDelivery {
  alarm_id: string;
  attempt_count: Generated<number>;
  delivered_at: string | null;
  last_error: string | null;
  /**
   * null: it arrived, or was given up
   */
  next_attempt_at: string | null;
  phase: string;
  place: string;
}

export interface ApiAssertion {
  client_id: string;
  expires_at: string;
  token_id_hash: string;
}

export interface ApiAttempt {
  /**
   * until when it counts, milliseconds since 1970
   */
  expire: string | null;
  /**
   * what is counted: the SHA-256 of a key or an address, or a bank's 6 digits
   */
  key: string;
  points: Generated<number>;
}

export interface ApiClient {
  allowed_from: string[] | null;
  client_id: string;
  created_at: string;
  created_by: string | null;
  creditor_agent: number;
  /**
   * JSON Web Key Set; public halves alone
   */
  public_keys: Json;
  revoked_at: string | null;
  revoked_by: string | null;
  scopes: string[];
  staff_id: string;
}

export interface ApiKey {
  /**
   * networks it may come from; null: any
   */
  allowed_from: string[] | null;
  /**
   * of a token given out for an assertion; null: a key given out by hand
   */
  client_id: string | null;
  created_at: string;
  created_by: string | null;
  creditor_agent: number;
  expires_at: string;
  key_id: Generated<string>;
  last_used_at: string | null;
  revoked_at: string | null;
  revoked_by: string | null;
  scopes: string[];
  slot: number | null;
  staff_id: string;
  /**
   * the last four characters, by which people tell keys apart
   */
  token_end: string;
  /**
   * SHA-256 of 256 random bits, hex: who reads this table cannot become anybody
   */
  token_hash: string;
}

export interface ApprovalBand {
  scope_level: string;
  /**
   * the most that an approver of this level may approve in one case, that amount included; null: any amount
   */
  up_to_amount: string | null;
}

export interface ApprovalBandChange {
  change_id: Generated<string>;
  changed_at: string;
  changed_by: string;
  confirmed_at: string | null;
  confirmed_by: string | null;
  reason: string;
  scope_level: string;
  /**
   * the amount included; null: any amount
   */
  up_to_amount: string | null;
  withdrawn_at: string | null;
  withdrawn_by: string | null;
}

export interface AuditedApprovalBandChange {
  change_id: string | null;
  changed_at: string | null;
  changed_by: string | null;
  confirmed_at: string | null;
  confirmed_by: string | null;
  outcome_text: string | null;
  reason: string | null;
  row_key: string | null;
  row_text: string | null;
  scope_level: string | null;
  withdrawn_at: string | null;
  withdrawn_by: string | null;
}

export interface AuditedCaseEvent {
  actor_id: string | null;
  event_number: number | null;
  finding_id: string | null;
  happened_at: string | null;
  kind: string | null;
  person_key: string | null;
  row_key: string | null;
  row_text: string | null;
  step: string | null;
}

export interface AuditedIngestProfile {
  name: string | null;
  row_key: string | null;
  row_text: string | null;
  saved_at: string | null;
  source: string | null;
  version: number | null;
}

export interface AuditedPeriodEvent {
  benefit_period: number | null;
  event_number: number | null;
  place_code: string | null;
  row_key: string | null;
  row_text: string | null;
}

export interface AuditedRun {
  as_of: string | null;
  finished_at: string | null;
  row_key: string | null;
  row_text: string | null;
  run_id: string | null;
}

export interface AuditedSourceFile {
  file_id: string | null;
  kind: string | null;
  recorded_at: string | null;
  row_key: string | null;
  row_text: string | null;
  source: string | null;
  status: string | null;
  void_reason: string | null;
  void_text: string | null;
  voided_at: string | null;
}

export interface AuditedStaffChange {
  change: Json | null;
  change_id: string | null;
  changed_at: string | null;
  changed_by: string | null;
  confirmed_at: string | null;
  confirmed_by: string | null;
  outcome_text: string | null;
  reason: string | null;
  row_key: string | null;
  row_text: string | null;
  staff_id: string | null;
  withdrawn_at: string | null;
  withdrawn_by: string | null;
}

export interface Bank {
  citad_institution: string | null;
  creditor_agent: number | null;
  name: string | null;
  swift: string | null;
}

export interface BankDelivery {
  attempt_count: Generated<number>;
  created_at: string;
  delivered_at: string | null;
  delivery_id: string;
  endpoint_id: string | null;
  event_id: string;
  given_up_at: string | null;
  last_attempt_at: string | null;
  /**
   * what kept it from arriving, in a word; never what the other side wrote
   */
  last_error: string | null;
  /**
   * HTTP or SMTP status of the last attempt; null: no answer came
   */
  last_status: number | null;
  mail_to: string | null;
  next_attempt_at: string | null;
  source: string;
}

export interface BankEvent {
  event_id: string;
  happened_at: string;
  kind: string;
  /**
   * when its deliveries were written; null: not yet
   */
  laid_out_at: string | null;
  /**
   * ids, counts and days alone: no name, account or id of a person leaves by webhook or e-mail
   */
  payload: Json;
  source: string;
  subject: string;
}

export interface BankQuestion {
  /**
   * what the bank is told: account, payments with their amounts and days, and lines of its own files; no holder, nothing of scheme, category, needs or other months
   */
  about: Json;
  answer: string | null;
  answer_code: string | null;
  /**
   * the number of the event that holds the answer; null: none yet
   */
  answer_number: number | null;
  answered_at: string | null;
  answered_by: string | null;
  asked_at: string;
  asked_by: string;
  code: string;
  creditor_agent: number;
  /**
   * by when an answer is asked for
   */
  due_date: string;
  finding_id: string;
  person_key: string;
  question: string;
  /**
   * milliseconds since 1970 and seventeen random bits: in the order in which they were asked, and no bank reads off how many others were asked
   */
  question_id: string;
  unit_code: string | null;
}

export interface BankRow {
  citad_institution: string | null;
  creditor_agent: number;
  file_id: string;
  line_number: string;
  name: string;
  swift: string | null;
}

export interface BankScore {
  creditor_agent: number;
  /**
   * of all other banks as one; null where they are fewer than three, for two could tell each other apart
   */
  others: Json | null;
  own: Json;
  run_id: string;
}

export interface BirthPlace {
  name: string;
  place_code: string;
}

export interface BridgeCell {
  benefit_period: number | null;
  carried_in_amount: string;
  carried_out_amount: string;
  credited_amount: string;
  currency: string;
  due_amount: string;
  excess_over_amount: string;
  excess_twice_amount: string;
  run_id: string;
  scheme_id: number | null;
  /**
   * class → amount as string
   */
  shortfall: Json;
  to_due_amount: string;
  unmatched_amount: string;
}

export interface Calendar {
  calendar_date: string | null;
  kind: string | null;
  name: string | null;
}

export interface CalendarRow {
  calendar_date: string;
  file_id: string;
  kind: string;
  line_number: string;
  name: string | null;
}

export interface Campaign {
  legal_basis: string | null;
  name: string | null;
  scheme_id: number | null;
  start_date: string | null;
  target_date: string | null;
  target_percent: string | null;
  unit_code: string | null;
}

export interface CampaignRow {
  file_id: string;
  legal_basis: string | null;
  line_number: string;
  name: string;
  /**
   * null: all schemes
   */
  scheme_id: number | null;
  start_date: string;
  target_date: string;
  /**
   * percent of those who must have a usable account (active beneficiaries less valid exemptions), 0 to 100
   */
  target_percent: string;
  /**
   * null: the whole country
   */
  unit_code: string | null;
}

export interface CaseAttachment {
  event_number: number;
  file_name: string;
  finding_id: string;
  media_type: string;
  person_key: string;
  sha256: string;
  size_bytes: string;
  unit_code: string | null;
}

export interface CaseBatch {
  batch_id: Generated<string>;
  confirmed_at: string | null;
  /**
   * one element per row: which case in which version, what to do, and of a workbook its cells
   */
  entries: Json;
  finished_at: string | null;
  heading: Json;
  made_at: string;
  origin: string;
  /**
   * one element per entry dealt with, in their order: done, or refused with the reason
   */
  results: Generated<Json>;
  staff_id: string;
}

export interface CaseEvent {
  /**
   * the absent approver in whose place the actor approved (staff_absence); null: in their own right
   */
  acting_for: string | null;
  actor_id: string | null;
  /**
   * of an appraisal: what is to be repaid, recovered, offset or written off, in the currency of the case; 0: no money moves
   */
  amount: string | null;
  /**
   * of an approval: the event it approves
   */
  appraisal_number: number | null;
  appraised_by: string | null;
  appraised_for: string | null;
  appraised_kind: Generated<string | null>;
  comment: string | null;
  details: Json | null;
  event_number: number;
  finding_id: string;
  happened_at: string;
  kind: string;
  person_key: string;
  resolution: string | null;
  /**
   * how the case stood afterwards
   */
  step: string;
  unit_code: string | null;
}

export interface CaseMessage {
  attempts: Generated<number>;
  body: string;
  /**
   * timeout, refused (with the status) or unreachable; null: none
   */
  failure: string | null;
  finding_id: string;
  language: string;
  person_key: string;
  phone: string;
  press: string;
  sent_by: string;
  /**
   * sending: handed to the gateway, no answer noted yet
   */
  state: string;
  tried_at: string;
  unit_code: string | null;
}

export interface CaseRecord {
  /**
   * the last four characters of the account that the finding is about; null: none
   */
  account_end: string | null;
  amount_at_stake: string;
  /**
   * the event whose appraisal stands; null: none
   */
  appraisal_number: number | null;
  /**
   * the event that approved that appraisal; null: none
   */
  approval_number: number | null;
  assigned_to: string | null;
  beneficiary_name: string | null;
  benefit_period: number | null;
  /**
   * what people call it by
   */
  case_number: Generated<string>;
  closed_date: string | null;
  code: string;
  creditor_agent: number | null;
  currency: string;
  deadline_date: string;
  finding_id: string;
  /**
   * whether the published result still finds it; true for complaints
   */
  is_found: boolean;
  is_open: Generated<boolean | null>;
  /**
   * the version as a reference to its event; null: none yet
   */
  last_event: Generated<number | null>;
  /**
   * name_search() of the name, for search without marks
   */
  name_key: string | null;
  /**
   * the day of the first result that found it, or found it again
   */
  opened_date: string;
  person_key: string;
  reopened_count: Generated<number>;
  resolution: string | null;
  scheme_id: number | null;
  severity_rank: number;
  step: string;
  subject: string;
  unit_code: string | null;
  /**
   * amount at stake (one dong at least) × days waited (one at least) × weight of the severity (D123), as of the published day, capped at 9·10^18
   */
  urgency: string;
  /**
   * the number of its last event; 0: nothing was done yet
   */
  version: Generated<number>;
  village: string | null;
  /**
   * the day the money was due; else the day it was first found
   */
  waiting_since: string;
}

export interface CaseTally {
  /**
   * of all of them together
   */
  amount_at_stake: string;
  benefit_period: number | null;
  case_count: string;
  closed_date: string | null;
  code: string;
  currency: string;
  deadline_date: string;
  is_open: Generated<boolean | null>;
  opened_date: string;
  scheme_id: number | null;
  step: string;
  unit_code: string | null;
  waiting_since: string;
}

export interface CaseTerm {
  deadline_date: string;
  working_days: number;
}

export interface CashLimitRow {
  amount: string;
  applies_from: string;
  currency: string;
  file_id: string;
  legal_basis: string | null;
  limit_kind: string;
  line_number: string;
}

export interface CategoryRow {
  applies_from: string | null;
  category_code: string;
  coefficient: string;
  file_id: string;
  line_number: string;
  name_en: string | null;
  name_vi: string | null;
  scheme_id: number;
}

export interface CleanCount {
  benefit_period: number;
  currency: string;
  due_amount: string;
  entitlement_count: string;
  outcome_class: OutcomeClass;
  scheme_id: number;
  unit_code: string;
}

export interface ClockCell {
  activated_count: string;
  age_band: number | null;
  benefit_period: number;
  cash_event: CashEvent;
  credited_to_withdrawable_days: string;
  creditor_agent: number | null;
  days: number | null;
  distance_band: number | null;
  due_to_instructed_days: string;
  electricity: string | null;
  entitlement_count: string;
  instructed_count: string;
  instructed_to_credited_days: string;
  needs: string | null;
  payee_type: PayeeType | null;
  payment_channel: PaymentChannel;
  province_code: string | null;
  scheme_id: number;
  sex: Sex | null;
  signal: string | null;
  transferred_count: string;
}

export interface ClockUnit {
  activated_count: string;
  benefit_period: number;
  cash_event: CashEvent;
  credited_to_withdrawable_days: string;
  days: number | null;
  due_to_instructed_days: string;
  entitlement_count: string;
  instructed_count: string;
  instructed_to_credited_days: string;
  scheme_id: number;
  transferred_count: string;
  unit_code: string;
}

export interface Colleague {
  display_name: string | null;
  is_active: boolean | null;
  roles: string[] | null;
  scope_level: string | null;
  staff_id: string | null;
  unit_code: string | null;
}

export interface Complaint {
  came_by: ComplaintWay;
  complained_date: string;
  file_id: number | null;
  finding_id: string;
  line_number: string | null;
  person_key: string;
  /**
   * digits, with + before a country code; null: none given
   */
  phone: string | null;
  taken_at: string;
  /**
   * who took it at the desk; null: it came in a file
   */
  taken_by: string | null;
  unit_code: string | null;
  wanted_answer: AnswerWay;
  /**
   * what the person said, in their words; null: only that nothing came
   */
  words: string | null;
}

export interface ComplaintRow {
  benefit_period: number;
  came_by: ComplaintWay;
  complained_date: string;
  file_id: number;
  line_number: string;
  person_key: string;
  person_name: string | null;
  phone: string | null;
  /**
   * null: the person did not say of which scheme
   */
  scheme_id: number | null;
  /**
   * where the person lives, for whom no list names; null: as the list says
   */
  unit_code: string | null;
  wanted_answer: AnswerWay;
  words: string | null;
}

export interface CorrectionCandidate {
  /**
   * why the account may be paid into: listed, own, payee, proved (unknown to the reports, but the last credit stands); null: no account is needed or there is none
   */
  account_origin: string | null;
  /**
   * what is at stake in the finding
   */
  amount: string;
  /**
   * of an account: activate, unblock, open_new, open_account, confirm_holder, correct_number, renew_mandate
   */
  asked: string | null;
  /**
   * what was credited to the entitlement, or of the payment, when this was laid out: what comes or goes later is told from it
   */
  before_amount: string;
  beneficiary_name: string | null;
  benefit_period: number | null;
  code: string;
  creditor_account: string | null;
  creditor_agent: number | null;
  creditor_name: string | null;
  currency: string;
  finding_id: string;
  /**
   * of a recovery: person, holder, heirs or bank
   */
  from_whom: string | null;
  /**
   * why it may not be listed, as far as the result says; null: nothing speaks against it
   */
  left_out: string | null;
  /**
   * the decisions of its case, approved by a second person, in spite of which it may
   */
  lifted_by: string[];
  /**
   * of the next list: [{component, origin_period, category_code, due_amount}]
   */
  lines: Json | null;
  list_kind: string;
  /**
   * which money it is: the same key twice for one person would be the same money twice
   */
  money_key: string;
  /**
   * of an offset: what each month may keep back at most; null: no offset
   */
  monthly_amount: string | null;
  payment_channel: PaymentChannel | null;
  person_key: string;
  return_reason_code: string | null;
  scheme_id: number | null;
  unit_code: string | null;
}

export interface CorrectionItem {
  account_origin: string | null;
  amount: string;
  asked: string | null;
  before_amount: string;
  beneficiary_name: string | null;
  benefit_period: number | null;
  code: string;
  creditor_account: string | null;
  creditor_agent: number | null;
  creditor_name: string | null;
  currency: string;
  /**
   * of a payment: ours, by which the bank's reports are known again
   */
  end_to_end_id: string | null;
  finding_id: string;
  from_whom: string | null;
  /**
   * on an approved list and not answered yet: no other list may hold the same money
   */
  is_live: Generated<boolean>;
  item_number: number;
  /**
   * why it is not on the list; null: it is
   */
  left_out: string | null;
  lines: Json | null;
  list_id: string;
  money_key: string;
  /**
   * of an offset: what each month keeps back, the last one the rest; null: no offset
   */
  monthly_amount: string | null;
  payment_channel: PaymentChannel | null;
  person_key: string;
  /**
   * waiting; partly; settled: all of it came (or came back); failed: the payment was refused or returned; gone: nothing is owed any more, and nothing came. Worked out anew with each result
   */
  progress: Generated<string>;
  return_reason_code: string | null;
  scheme_id: number | null;
  settled_amount: Generated<string>;
  /**
   * the payment that settled it, agent|EndToEndId; null: none is named
   */
  settled_by: string | null;
  settled_date: string | null;
  unit_code: string | null;
}

export interface CorrectionList {
  approved_at: string | null;
  approved_by: string | null;
  as_of: string;
  /**
   * null: all months
   */
  benefit_period: number | null;
  currency: string;
  decision_date: string | null;
  decision_number: string | null;
  found_amount: Generated<string>;
  /**
   * how many findings of its codes that result had in the place, counted from the findings themselves
   */
  found_count: Generated<string>;
  /**
   * of all that is on the list; with left_amount exactly found_amount
   */
  item_amount: Generated<string>;
  item_count: Generated<string>;
  kind: string;
  left_amount: Generated<string>;
  left_count: Generated<string>;
  list_id: Generated<string>;
  made_at: string;
  made_by: string;
  /**
   * with which the EndToEndId of each of its payments begins: nobody else's begin so
   */
  reference: string;
  /**
   * the result it was made from
   */
  run_id: string;
  /**
   * null: all schemes
   */
  scheme_id: number | null;
  sent_at: string | null;
  sent_by: string | null;
  /**
   * the file as which its payments or lines were taken in; null: none
   */
  sent_file: string | null;
  settled_date: string | null;
  state: Generated<string>;
  /**
   * of lines for the next list: its month; of offsets: the first month that keeps something back
   */
  target_period: number | null;
  /**
   * the place it is for; null: the whole country
   */
  unit_code: string | null;
  /**
   * every code of that place when it was made; null: all
   */
  unit_codes: string[] | null;
  /**
   * one more with everything that is done to it: who approves says which version they read
   */
  version: Generated<number>;
  withdrawn_at: string | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
}

export interface CorrectionOffset {
  amount: string;
  benefit_period: number;
  item_number: number;
  list_id: string;
  person_key: string;
  scheme_id: number;
}

export interface CorrectionProposal {
  account_origin: string | null;
  amount: string | null;
  asked: string | null;
  before_amount: string | null;
  beneficiary_name: string | null;
  benefit_period: number | null;
  code: string | null;
  creditor_account: string | null;
  creditor_agent: number | null;
  creditor_name: string | null;
  currency: string | null;
  finding_id: string | null;
  from_whom: string | null;
  left_out: string | null;
  lines: Json | null;
  list_kind: string | null;
  money_key: string | null;
  monthly_amount: string | null;
  payment_channel: PaymentChannel | null;
  person_key: string | null;
  return_reason_code: string | null;
  scheme_id: number | null;
  unit_code: string | null;
}

export interface CoverageDay {
  active_count: string;
  as_of: string;
  benefit_period: number;
  /**
   * without a usable account, and excused on that day
   */
  exempt_count: string;
  scheme_id: number | null;
  unit_code: string;
  usable_count: string;
}

export interface CoverageStartRow {
  file_id: string;
  line_number: string;
  scheme_id: number;
  /**
   * the first month that is reconciled, year × 100 + month
   */
  start_period: number;
  /**
   * null: the whole country
   */
  unit_code: string | null;
}

export interface EngineKey {
  secret: Buffer;
}

export interface EntitlementClock {
  /**
   * on the day of the run, the best of the beneficiary's own accounts and those of payees with a mandate that day: reported at all, activated once, active now
   */
  account_state: AccountState;
  /**
   * the youngest age of the band on the day of the credit, or where there is none on the due date: 0, 15, 60, 70, 80; null: not known
   */
  age_band: number | null;
  benefit_period: number;
  /**
   * null: nothing was credited to an account
   */
  cash_event: CashEvent | null;
  credited_date: string | null;
  /**
   * until the account was activated, 0 where it was before the credit; null: no bank says when. The account's time
   */
  credited_to_withdrawable_days: number | null;
  creditor_agent: number | null;
  /**
   * whole local days from the first credit to cash_event; null: no bank has reported on it, or there is no clock
   */
  days: number | null;
  /**
   * the village's way to the commune centre, its lower bound in km: 0, 5, 10, 20; null: not known
   */
  distance_band: number | null;
  due_amount: string;
  due_date: string;
  /**
   * whole local days, below zero where the instruction came first; null: either is not known. The payer's time
   */
  due_to_instructed_days: number | null;
  electricity: string | null;
  has_card: boolean;
  /**
   * the bank's time
   */
  instructed_to_credited_days: number | null;
  /**
   * true for one entitlement of each person and month: for counting people
   */
  is_first_of_month: boolean;
  /**
   * something of it is credited on the day of the run
   */
  is_paid: boolean;
  /**
   * what no active line says: 1 birth, 2 sex, 4 village, 8 category, 16 the account of who is paid to one
   */
  missing_fields: number;
  needs: string | null;
  outcome_class: OutcomeClass;
  /**
   * whose account or hands it went to; null: a payee of whom no mandate speaks
   */
  payee_type: PayeeType | null;
  /**
   * the payment's, or the lines' where it names none or there is none
   */
  payment_channel: PaymentChannel;
  person_key: string;
  scheme_id: number;
  sex: Sex | null;
  signal: string | null;
  slot: number;
  unit_code: string;
  village: string | null;
}

export interface EntitlementLine {
  account_key: string | null;
  beneficiary_name: string;
  /**
   * the month the money is for, as year × 100 + month
   */
  benefit_period: number;
  birth_date: string | null;
  birth_year: number | null;
  category_code: string | null;
  component: Component;
  creditor_agent: number | null;
  currency: string;
  due_amount: string;
  /**
   * null: the scheme's due_day (D3)
   */
  due_date: string | null;
  file_id: number;
  line_number: string;
  list_date: string | null;
  list_status: ListStatus;
  needs: string | null;
  /**
   * the month arrears or carried-over money belongs to; null for regular money
   */
  origin_period: number | null;
  payee_key: string | null;
  payee_name: string | null;
  payment_channel: PaymentChannel;
  person_key: string;
  /**
   * null: 1
   */
  quantity: string | null;
  scheme_id: number;
  sex: Sex | null;
  unit_code: string;
  village: string | null;
}

export interface ExemptionRow {
  approved_by: string;
  evidence_reference: string;
  file_id: number;
  line_number: string;
  person_key: string;
  reason_code: string;
  valid_from: string;
  valid_to: string;
}

export interface FileContent {
  file_id: string;
  /**
   * how the rows were hashed for file_content_bits; filters of another version say nothing
   */
  hash_version: number;
  /**
   * the values of the kind's stamp column (a month as year × 100 + month, or days since 1970-01-01; -1: none); null when they are many or the kind has none
   */
  stamps: number[] | null;
}

export interface FileContentBits {
  bits: Buffer;
  file_id: string;
  part: number;
}

export interface Finding {
  amount_at_stake: string;
  benefit_period: number | null;
  code: string;
  currency: string;
  evidence: Json;
  finding_id: string;
  /**
   * the beneficiary; negative where the subject is an account or a payment that names nobody
   */
  person_key: string;
  run_id: string;
  scheme_id: number | null;
  /**
   * 4: h, 3: m, 2: l, 1: i; kept here so that an index holds the order of the list
   */
  severity_rank: number;
  /**
   * the lines it rests on: [{file_id, line}]
   */
  source_rows: Json;
  subject: string;
  unit_code: string | null;
}

export interface FindingCount {
  amount_at_stake: string;
  benefit_period: number | null;
  code: string;
  currency: string;
  finding_count: string;
  scheme_id: number | null;
  unit_code: string | null;
}

export interface FindingTotal {
  amount_at_stake: string;
  benefit_period: number | null;
  code: string;
  currency: string;
  finding_count: string;
  scheme_id: number | null;
}

export interface FindingType {
  action: Json;
  actor: string;
  code: string;
  explanation: Json;
  /**
   * false: no run finds it, people bring it (complaint); such a row is kept by migrations, not by sql/findings
   */
  is_found: Generated<boolean>;
  severity: string;
  subject: string;
  title: Json;
  /**
   * within how many working days after it was found a case of this type is to be answered
   */
  working_days: Generated<number>;
}

export interface FindingUnit {
  name: string | null;
  unit_code: string;
}

export interface FoldedName {
  beneficiary_name: string;
  /**
   * hash of the folded last token
   */
  given_key: string;
  /**
   * hash of the folded tokens in alphabetical order: equal where marks, order or blanks alone differ
   */
  name_key: string;
  /**
   * tenths of a bit; what agreeing on this whole name is worth: more, the rarer it is
   */
  name_points: number;
}

export interface FollowedRun {
  run_id: string;
}

export interface ForgottenFile {
  file_id: string;
}

export interface ForgottenPerson {
  /**
   * the id had nine digits
   */
  had_old_number: boolean;
  /**
   * as the id said; null: no list said anything else
   */
  id_birth_year: number | null;
  /**
   * as id_birth_year
   */
  id_sex: Sex | null;
  /**
   * the id began with no place of birth that is known
   */
  is_place_unknown: boolean;
  /**
   * the pseudonym: 2·10¹² and a random number below 10¹²
   */
  person_key: string;
}

export interface GatheredAccountReport {
  account_key: string;
  account_status: AccountStatus;
  activated_date: string | null;
  card_issued_date: string | null;
  closed_date: string | null;
  creditor_agent: number;
  file_id: number;
  line_number: string;
  opened_date: string;
  person_key: string;
  reported_date: string | null;
}

export interface GatheredEntitlementLine {
  account_key: string | null;
  beneficiary_name: string;
  benefit_period: number;
  birth_date: string | null;
  birth_year: number | null;
  category_code: string | null;
  component: Component;
  creditor_agent: number | null;
  currency: string;
  due_amount: string;
  due_date: string | null;
  file_id: number;
  line_number: string;
  list_date: string | null;
  list_status: ListStatus;
  needs: string | null;
  origin_period: number | null;
  payee_key: string | null;
  payee_name: string | null;
  payment_channel: PaymentChannel;
  person_key: string;
  quantity: string | null;
  scheme_id: number;
  sex: Sex | null;
  unit_code: string;
  village: string | null;
}

export interface GatheredMandateRow {
  file_id: number;
  line_number: string;
  payee_key: string;
  payee_name: string;
  person_key: string;
  relation: MandateRelation;
  valid_from: string;
  valid_to: string | null;
}

export interface GatheredPaymentReport {
  account_key: string | null;
  bank_reference: string | null;
  benefit_period: number | null;
  credited_amount: string | null;
  credited_at: string | null;
  credited_date: string | null;
  creditor_agent: number;
  currency: string;
  end_to_end_id: string | null;
  file_id: number;
  instructed_amount: string;
  instructed_at: string | null;
  line_number: string;
  payment_channel: PaymentChannel | null;
  person_key: string;
  reason_text: string | null;
  reference_key: string | null;
  return_reason_code: string | null;
  returned_amount: string | null;
  returned_at: string | null;
  scheme_id: number | null;
  transaction_status: TransactionStatus;
}

export interface GatheredRegisterRow {
  birth_date: string | null;
  birth_year: number | null;
  death_date: string | null;
  eid_level: number | null;
  file_id: number;
  line_number: string;
  person_key: string;
  person_name: string;
  previous_key: string | null;
  sex: Sex | null;
  unit_code: string | null;
  verified_date: string;
  vital_status: VitalStatus;
}

export interface GatheredWithdrawalReport {
  account_key: string;
  creditor_agent: number;
  end_to_end_id: string | null;
  file_id: number;
  first_withdrawal_at: string | null;
  first_withdrawal_date: string | null;
  line_number: string;
  person_key: string;
  reference_key: string | null;
  reported_through_date: string;
  withdrawal_channel: WithdrawalChannel | null;
  withdrawn_amount: string | null;
}

export interface HandedIn {
  accepted_count: string | null;
  bytes_read: string | null;
  channel: string | null;
  control_sum: string | null;
  declared_count: string | null;
  declared_kind: string | null;
  declared_profile: string | null;
  declared_sum: string | null;
  failure_code: string | null;
  file_id: string | null;
  file_name: string | null;
  finished_at: string | null;
  format: string | null;
  ignored_count: string | null;
  is_control_sum_checked: boolean | null;
  is_repeat: boolean | null;
  kind: string | null;
  line_count: string | null;
  lines_read: string | null;
  problem_count: string | null;
  received_at: string | null;
  refusal: Json | null;
  repeat_count: string | null;
  repeat_of: string | null;
  sha256: string | null;
  size_bytes: string | null;
  source: string | null;
  started_at: string | null;
  status: string | null;
  upload_id: string | null;
}

export interface HashedText {
  hash_key: string;
  original: string;
}

export interface IdempotentRequest {
  /**
   * headers and body; null: none yet
   */
  answer: Json | null;
  answer_status: number | null;
  created_at: string;
  /**
   * SHA-256 of what was asked, hex; null while it is still being read
   */
  fingerprint: string | null;
  held_by: string;
  /**
   * until when a request without an answer counts as running; one whose server died is free again after that
   */
  held_until: string;
  idempotency_key: string;
  staff_id: string;
}

export interface IgnoredLines {
  file_id: string;
  first_line: string;
  last_line: string;
  reason: string;
}

export interface IngestProfile {
  /**
   * headers, constants, styles and words, as src/core/profile.ts describes them
   */
  description: Json;
  name: string;
  saved_at: string;
  /**
   * whose files are read by it, as source_file.source: of a bank its 6 digits; the same for every version of a name; null: everybody's
   */
  source: string | null;
  version: number;
}

export interface LinkedFile {
  file_id: string;
}

export interface ListedTerm {
  benefit_period: number;
  /**
   * null: the scheme's due_day (D3)
   */
  due_date: string | null;
  file_id: number;
  scheme_id: number;
}

export interface MailAddress {
  address: string;
  created_at: string;
  created_by: string;
  kinds: string[];
  language: Generated<string>;
  source: string;
}

export interface MandateRow {
  file_id: number;
  line_number: string;
  payee_key: string;
  payee_name: string;
  person_key: string;
  relation: MandateRelation;
  valid_from: string;
  valid_to: string | null;
}

export interface MatchedPayment {
  account_key: string | null;
  allocated_amount: string;
  benefit_period: number;
  credited_date: string | null;
  creditor_agent: number | null;
  evidence: Json;
  instructed_date: string | null;
  match_rule: MatchRule;
  payment_name: string;
  person_key: string;
  returned_date: string | null;
  run_id: string;
  scheme_id: number;
  /**
   * on_the_way, not_collected, rejected, credited or returned, on the day of the run; null: published before this column was
   */
  state: string | null;
}

export interface Night {
  as_of: string;
  attempt_count: Generated<number>;
  /**
   * the files that were due by its day: [{source, kind, scheme, deadline_date, is_here, holds}]; holds: the night waited for it
   */
  expected: Generated<Json>;
  failed_stage: string | null;
  /**
   * why the last attempt failed; beside published: what came after the result and did not work
   */
  failure_code: string | null;
  /**
   * the name of the check or table that failed; never a row
   */
  failure_place: string | null;
  /**
   * of whoever worked on it last
   */
  fence_token: string | null;
  /**
   * when nothing more was to be done for it; null: there is
   */
  finished_at: string | null;
  /**
   * attempts before a person asked for it once more: pauses are counted anew from there
   */
  former_attempt_count: Generated<number>;
  next_attempt_at: string | null;
  planned_at: string;
  published_at: string | null;
  /**
   * the run that it published, entered by the transaction that published it; one at most
   */
  run_id: string | null;
  server: string | null;
  skip_reason: string | null;
  /**
   * when its first attempt began
   */
  started_at: string | null;
  /**
   * planned; waiting: for files; running; retrying: an attempt failed, the next one has its time; published; failed: nothing was published; skipped: by a person, or because a later result stands
   */
  state: string;
}

export interface NightStep {
  as_of: string;
  attempt: number;
  details: Json | null;
  failure_code: string | null;
  finished_at: string | null;
  outcome: string | null;
  /**
   * where the stage stands in a night, from 0, the wait for files
   */
  position: number;
  /**
   * which part of it is under way, in the engine's words; null: nothing to tell
   */
  progress: string | null;
  /**
   * what it went through: files, people, rows, messages, by the stage; null: nothing to count
   */
  row_count: string | null;
  stage: string;
  started_at: string;
}

export interface OidcSignIn {
  /**
   * SHA-256 of a cookie of the browser that left, hex: what comes back through another is refused
   */
  browser_hash: string;
  code_verifier: string;
  /**
   * the path on this site that was wanted; null: the first page
   */
  destination: string | null;
  expires_at: string;
  nonce: string;
  started_at: string;
  state: string;
}

export interface Outcome {
  benefit_period: number;
  /**
   * the part of due_amount that an earlier month's money was carried over to
   */
  carried_in_amount: Generated<string>;
  credited_amount: string;
  currency: string;
  due_amount: string;
  due_date: string;
  /**
   * T: due_date on a banking day plus grace; a credit after it is late
   */
  late_after_date: string;
  on_the_way_amount: string;
  outcome_class: OutcomeClass;
  person_key: string;
  run_id: string;
  scheme_id: number;
  unit_code: string;
}

export interface OutcomeCount {
  benefit_period: number;
  carried_in_amount: Generated<string>;
  credited_amount: string;
  currency: string;
  due_amount: string;
  entitlement_count: string;
  outcome_class: OutcomeClass;
  run_id: string;
  scheme_id: number;
  to_due_amount: string;
  unit_code: string;
}

export interface OutcomeTotal {
  benefit_period: number;
  credited_amount: string;
  currency: string;
  due_amount: string;
  entitlement_count: string;
  outcome_class: OutcomeClass;
  scheme_id: number;
}

export interface OutreachResultRow {
  /**
   * the rule or paper by which somebody is called exempt; the exemption itself comes as a row of exemption_row, with who approved it
   */
  evidence_reference: string | null;
  file_id: number;
  line_number: string;
  note: string | null;
  person_key: string;
  result: VisitResult;
  team: string | null;
  visited_date: string;
}

export interface PayerAccount {
  applies_from: string | null;
  cash_agent: number | null;
  collection_months: number | null;
  debtor_account: string | null;
  debtor_agent: number | null;
  debtor_name: string | null;
  legal_basis: string | null;
  not_collected: string | null;
  offset_percent: string | null;
  unit_code: string | null;
}

export interface PayerAccountRow {
  applies_from: string;
  /**
   * who hands out cash where neither list nor payment names anybody; null: nobody
   */
  cash_agent: number | null;
  /**
   * for so many months money that was not collected is carried over; then somebody has to look
   */
  collection_months: number;
  debtor_account: string;
  debtor_agent: number;
  debtor_name: string;
  file_id: string;
  legal_basis: string | null;
  line_number: string;
  /**
   * where money goes that was not collected: onto the next month's list, or onto a supplementary list
   */
  not_collected: string;
  /**
   * percent of a month's amount due that may be kept back at most, 0 to 100
   */
  offset_percent: string;
  /**
   * the unit whose payer pays from it; null: the whole country
   */
  unit_code: string | null;
}

export interface PaymentOrganisation {
  account_key: string | null;
  creditor_agent: number | null;
  legal_basis: string | null;
  name: string | null;
  payer_key: string | null;
  source: string | null;
}

export interface PaymentOrganisationRow {
  account_key: string;
  /**
   * the bank whose customers it pays: payments in files that no organisation sent are its; null: only what it sends itself
   */
  creditor_agent: number | null;
  file_id: string;
  legal_basis: string | null;
  line_number: string;
  name: string;
  /**
   * an account of the payer, from which money comes and to which it is handed back
   */
  payer_key: string | null;
  /**
   * as the senders of disbursement files are named
   */
  source: string;
}

export interface PaymentReport {
  account_key: string | null;
  bank_reference: string | null;
  benefit_period: number | null;
  /**
   * null: the instructed amount
   */
  credited_amount: string | null;
  credited_at: string | null;
  /**
   * local day of credited_at
   */
  credited_date: string | null;
  creditor_agent: number;
  currency: string;
  end_to_end_id: string | null;
  file_id: number;
  instructed_amount: string;
  instructed_at: string | null;
  line_number: string;
  payment_channel: PaymentChannel | null;
  /**
   * the beneficiary named; negative where none is
   */
  person_key: string;
  reason_text: string | null;
  /**
   * hash of agent and end_to_end_id; null without a reference. Equal keys are compared by text where it matters
   */
  reference_key: string | null;
  return_reason_code: string | null;
  /**
   * null: the credited amount
   */
  returned_amount: string | null;
  returned_at: string | null;
  scheme_id: number | null;
  transaction_status: TransactionStatus;
}

export interface PeriodEvent {
  /**
   * the absent approver in whose place the actor approved or answered (staff_absence); null: in their own right
   */
  acting_for: string | null;
  actor_id: string;
  /**
   * of an answer to a wish to reopen: who wished it
   */
  asked_by: string | null;
  benefit_period: number;
  continued_round: Generated<number | null>;
  event_number: number;
  happened_at: string;
  issued_version: Generated<number | null>;
  kind: string;
  /**
   * unit_code of a province, or '' for the whole country
   */
  place_code: string;
  /**
   * what the event before was; null for the first
   */
  previous_kind: string | null;
  previous_number: Generated<number | null>;
  /**
   * why it was sent back, asked to be reopened, or refused
   */
  reason: string | null;
  /**
   * the number of the event that prepared what this one is about
   */
  round_number: number;
  version_after: Generated<number | null>;
  /**
   * which signing of the month it belongs to: 1, and one more after each reopening
   */
  version_number: number;
}

export interface PeriodMinutes {
  benefit_period: number;
  issued_kind: Generated<string | null>;
  issued_number: number;
  /**
   * short id of the key that signed
   */
  key_id: string;
  /**
   * the signed file, canonical JSON; shape in src/periods/minutes.ts
   */
  minutes: string;
  pdf_en: Buffer;
  pdf_vi: Buffer;
  place_code: string;
  /**
   * of what was signed, hex: printed on every page
   */
  sha256: string;
  version_number: number;
}

export interface PeriodSnapshot {
  benefit_period: number;
  /**
   * canonical JSON: figures, files, open cases, missing files, run; shape in src/periods/content.ts
   */
  body: string;
  place_code: string;
  prepared_kind: Generated<string | null>;
  round_number: number;
  /**
   * of body in UTF-8, hex
   */
  sha256: string;
}

export interface PersonIdentity {
  beneficiary_name: string;
  birth_date: string | null;
  birth_year: number | null;
  /**
   * birth date with day and month in order of size (year × 10000 + smaller × 100 + larger), so that swapped ones meet; null without a full date
   */
  date_key: number | null;
  given_key: string;
  name_key: string;
  name_points: number;
  person_key: string;
  sex: Sex | null;
  unit_code: string;
}

export interface PersonPair {
  evidence: Json;
  other_key: string;
  person_key: string;
  /**
   * tenths of a bit that speak for one person: the sum of the points in evidence
   */
  score: number;
}

export interface PersonPairChange {
  person_key: string;
}

export interface Problem {
  code: string;
  column_name: string | null;
  file_id: string;
  line_number: string;
  raw: string | null;
  suggestion: string | null;
}

export interface PublishedClock {
  account_state: AccountState | null;
  age_band: number | null;
  benefit_period: number | null;
  cash_event: CashEvent | null;
  credited_date: string | null;
  credited_to_withdrawable_days: number | null;
  creditor_agent: number | null;
  days: number | null;
  distance_band: number | null;
  due_amount: string | null;
  due_date: string | null;
  due_to_instructed_days: number | null;
  electricity: string | null;
  has_card: boolean | null;
  instructed_to_credited_days: number | null;
  is_first_of_month: boolean | null;
  is_paid: boolean | null;
  missing_fields: number | null;
  needs: string | null;
  outcome_class: OutcomeClass | null;
  payee_type: PayeeType | null;
  payment_channel: PaymentChannel | null;
  person_key: string | null;
  scheme_id: number | null;
  sex: Sex | null;
  signal: string | null;
  slot: number | null;
  unit_code: string | null;
  village: string | null;
}

export interface PublishedFile {
  file_id: string;
}

export interface ReasonCode {
  class: string | null;
  code: string | null;
  name_en: string | null;
  name_vi: string | null;
  owner: string | null;
  person_caused: boolean | null;
  retryable: boolean | null;
}

export interface ReasonCodeRow {
  class: string | null;
  code: string;
  file_id: string;
  line_number: string;
  name_en: string | null;
  name_vi: string | null;
  owner: string | null;
  person_caused: boolean | null;
  retryable: boolean | null;
}

export interface RegisterRow {
  birth_date: string | null;
  birth_year: number | null;
  death_date: string | null;
  eid_level: number | null;
  file_id: number;
  line_number: string;
  person_key: string;
  person_name: string;
  previous_key: string | null;
  sex: Sex | null;
  unit_code: string | null;
  verified_date: string;
  vital_status: VitalStatus;
}

export interface ReportDeadlineRow {
  applies_from: string;
  /**
   * the report is made before this day of the benefit month
   */
  deadline_day: number;
  file_id: string;
  legal_basis: string | null;
  line_number: string;
  report: string;
}

export interface RetentionPolicy {
  applies_from: string;
  /**
   * months, from when the thing had served its purpose (docs/privacy.md says when that is)
   */
  keep_months: number;
  legal_basis: string;
  /**
   * as the files of sql/retention are called
   */
  what: string;
}

export interface Run {
  as_of: string;
  /**
   * where in entitlement_clock this run's rows are; null: published before there were any
   */
  clock_slot: number | null;
  /**
   * hash of the rules that worked it out; other rules ask for a full run
   */
  engine_version: string | null;
  failure: string | null;
  file_count: number | null;
  finished_at: string | null;
  /**
   * full: everybody worked out anew; increment: those whom new or void files or the day touched; null: failed before that was known
   */
  mode: string | null;
  run_id: Generated<string>;
  seconds: string | null;
  started_at: string;
  status: string;
  /**
   * how many beneficiaries an increment worked out again; null for a full run
   */
  touched_count: string | null;
}

export interface RunBackend {
  /**
   * as pg_stat_activity has it, so that a number used again is not mistaken for it
   */
  backend_start: string;
  is_heart: boolean;
  pid: number;
  token: string;
}

export interface RunBeat {
  /**
   * goes up with every beat of the holder: that it stands still is told by watching it, by nobody's clock alone
   */
  beat: string;
  /**
   * the database's clock at the last beat
   */
  beat_at: string;
  fence_id: number;
  token: string;
}

export interface RunFence {
  fence_id: number;
  /**
   * what it was taken for: a night, a run by hand, a linkage, a proof
   */
  purpose: string | null;
  /**
   * null: held
   */
  released_at: string | null;
  /**
   * machine and process of the holder
   */
  server: string | null;
  taken_at: string | null;
  /**
   * goes up by one each time the fence is taken; never down
   */
  token: string;
}

export interface RunTotal {
  /**
   * what was due, or what is at stake, in the currency
   */
  amount: string;
  code: string;
  /**
   * of an outcome; null for findings
   */
  credited_amount: string | null;
  currency: string;
  item_count: string;
  run_id: string;
  subject: string;
}

export interface SavedView {
  name: string;
  /**
   * of the queue's address: code=returned&village=…
   */
  query: string;
  saved_at: string;
  staff_id: string;
}

export interface SchemaMigration {
  applied_at: string;
  checksum: string;
  name: string;
}

export interface Scheme {
  collection_days: number | null;
  currency: string | null;
  due_day: number | null;
  exclusive_set: string | null;
  grace_days: number | null;
  name_en: string | null;
  name_vi: string | null;
  scheme: string | null;
  scheme_id: number | null;
  settlement_days: number | null;
}

export interface SchemeCode {
  scheme: string;
  scheme_id: number;
}

export interface SchemeRow {
  collection_days: number | null;
  currency: string | null;
  due_day: number | null;
  exclusive_set: string | null;
  file_id: string;
  grace_days: number | null;
  legal_basis: string | null;
  line_number: string;
  name_en: string | null;
  name_vi: string | null;
  scheme_id: number;
  settlement_days: number | null;
}

export interface ServerSeen {
  /**
   * said each minute while it runs
   */
  seen_at: string;
  /**
   * random, new at each start
   */
  server_id: string;
  started_at: string;
  version: string;
}

export interface SettlementCell {
  benefit_period: number | null;
  /**
   * charges taken, as stated; interest_amount: paid in
   */
  charge_amount: string;
  /**
   * net of returns, payments compared with a statement and others (outside_amount) alike
   */
  credited_amount: string;
  currency: string;
  /**
   * what the account gave away and no payment accounts for, above zero; below zero: paid by no debit. 0: it closes. The sum of settlement_difference
   */
  difference_amount: string;
  /**
   * what statements that are missing between others moved: an opening balance less the closing balance before it
   */
  gap_amount: string;
  handed_back_amount: string;
  interest_amount: string;
  /**
   * the organisation has a statement; without one its account says nothing, and the amounts of its side are zero
   */
  is_stated: boolean;
  not_collected_amount: string;
  on_the_way_amount: string;
  /**
   * of credited, on the way and not collected: payments of days that no statement covers; not compared
   */
  outside_amount: string;
  paid_amount: string;
  payment_count: string;
  /**
   * of on the way and not collected: still on the account, by its statement
   */
  pending_amount: string;
  received_amount: string;
  returned_amount: string;
  scheme_id: number | null;
  /**
   * rejected or returned, as payments say: money that is with the organisation until it is handed back
   */
  sent_back_amount: string;
  /**
   * empty: no organisation is known for these payments
   */
  source: string;
  unexplained_credit_amount: string;
  unexplained_debit_amount: string;
}

export interface SettlementDifference {
  amount: string;
  beneficiary_key: string | null;
  benefit_period: number | null;
  /**
   * debits less credits that name the payment, or the entry itself
   */
  booked_amount: string | null;
  cause: SettlementCause;
  creditor_agent: number | null;
  currency: string;
  difference_number: number;
  end_to_end_id: string | null;
  entry_date: string | null;
  /**
   * what the payment reports account for; null: an entry that no payment stands behind
   */
  reported_amount: string | null;
  scheme_id: number | null;
  source: string;
  /**
   * lines of files: [{"file_id", "line"}]
   */
  source_rows: Json;
}

export interface SettlementEntry {
  amount: string;
  benefit_period: number | null;
  counterparty_key: string | null;
  currency: string;
  end_to_end_id: string | null;
  entry_date: string;
  entry_reference: string | null;
  entry_text: string | null;
  file_id: number;
  is_credit: boolean;
  line_number: string;
  payment_count: string;
  /**
   * by what: payer_account, reference, batch_reference, file_sum, stated; null: unexplained
   */
  rule: string | null;
  /**
   * its own, else that of all payments behind it where they have one in common; benefit_period likewise
   */
  scheme_id: number | null;
  settlement_class: SettlementClass;
  /**
   * the organisation whose account it is; # and a number: an account of no known organisation
   */
  source: string;
  statement_number: string;
}

export interface SettlementRun {
  as_of: string;
  entry_count: string;
  payment_count: string;
  run_id: string;
}

export interface SettlementStatement {
  account_key: string;
  closing_amount: string;
  closing_date: string;
  currency: string;
  file_id: number;
  /**
   * its opening balance less the closing balance of the statement before it; 0 for the first
   */
  gap_amount: string;
  /**
   * numbers are counted on, and the one before this is not there
   */
  is_number_missing: boolean;
  line_number: string;
  opening_amount: string;
  opening_date: string;
  source: string;
  statement_number: string;
}

export interface SignInAttempt {
  /**
   * until when it counts, milliseconds since 1970
   */
  expire: string | null;
  /**
   * what is counted, and SHA-256 of the name and address tried: people type passwords into the field for names
   */
  key: string;
  points: Generated<number>;
}

export interface SourceExpectationRow {
  deadline_day: number;
  file_id: string;
  kind: string;
  line_number: string;
  scheme_id: number | null;
  source: string;
}

export interface SourceFile {
  accepted_count: Generated<string>;
  control_count: string | null;
  control_sum: string | null;
  delimiter: string | null;
  /**
   * the encoding of the text as it was sent: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni, viscii; null as for format
   */
  encoding: string | null;
  file_id: Generated<string>;
  file_name: string;
  /**
   * csv, xlsx, mt940, or the name of an ISO 20022 message; null: refused before that was known, or the pack
   */
  format: string | null;
  /**
   * canonical column name of each column in the file's order, null for a column that is ignored
   */
  header_columns: string[] | null;
  header_line: string | null;
  ignored_count: Generated<string>;
  /**
   * null: no sum was declared; false: a problem line's amount could not be read, so the sum was left unchecked
   */
  is_control_sum_checked: boolean | null;
  kind: string;
  line_count: Generated<string>;
  /**
   * of a file with parts that people know by name: [{name, status, first_line, last_line, first_number}]; line_number counts on through the parts, what a person sees is first_number + line_number - first_line; null: none
   */
  parts: Json | null;
  problem_count: Generated<string>;
  /**
   * ingest_profile.name by which the file was read; null: none
   */
  profile_name: string | null;
  /**
   * ingest_profile.version by which the file was read; null: none
   */
  profile_version: number | null;
  recorded_at: string;
  /**
   * why the whole file was refused: {code, line, column, raw, detail}; null unless status is refused
   */
  refusal: Json | null;
  repeat_count: Generated<string>;
  sealed_at: string | null;
  /**
   * hex of the SHA-256 of the bytes; the identity of a file
   */
  sha256: string;
  size_bytes: string;
  source: string | null;
  status: string;
  void_reason: string | null;
  voided_at: string | null;
}

export interface SourceFileOffsets {
  byte_offsets: ArrayType<string>;
  every_lines: number;
  file_id: string;
}

export interface Staff {
  created_at: string;
  /**
   * of people of a bank: its 6-digit code
   */
  creditor_agent: number | null;
  display_name: string;
  is_active: Generated<boolean>;
  /**
   * true: no person but a system, known by its keys alone
   */
  is_service: Generated<boolean>;
  is_totp_required: Generated<boolean>;
  oidc_issuer: string | null;
  /**
   * who they are to the identity provider oidc_issuer; null: not linked
   */
  oidc_subject: string | null;
  password_changed_at: string | null;
  /**
   * Argon2id; null: no log-in by password
   */
  password_hash: string | null;
  /**
   * true: somebody else knows the password; it opens nothing but the page on which one's own is chosen
   */
  password_is_one_time: Generated<boolean>;
  roles: string[];
  /**
   * the level of that unit, which decides up to which amount they may approve (approval_band)
   */
  scope_level: Generated<string>;
  staff_id: Generated<string>;
  /**
   * the last time step of 30 seconds whose code was used, so that none is used twice
   */
  totp_last_step: string | null;
  /**
   * base32; null: no second factor enrolled yet
   */
  totp_secret: string | null;
  /**
   * the unit they work for, with all that lies in it; null: the whole country
   */
  unit_code: string | null;
  user_name: string;
}

export interface StaffAbsence {
  absence_id: Generated<string>;
  absent_id: string;
  deputy_id: string;
  ended_at: string | null;
  from_date: string;
  reason: string;
  recorded_at: string;
  recorded_by: string;
  to_date: string;
}

export interface StaffChange {
  change: Json;
  change_id: Generated<string>;
  changed_at: string;
  /**
   * null: whoever runs the installation, by command line
   */
  changed_by: string | null;
  confirmed_at: string | null;
  confirmed_by: string | null;
  /**
   * true: takes effect only once another administrator has confirmed it
   */
  needs_second: boolean;
  reason: string;
  staff_id: string;
  withdrawn_at: string | null;
  withdrawn_by: string | null;
}

export interface StaffDevice {
  created_at: string;
  staff_id: string;
  /**
   * SHA-256 of the cookie, hex
   */
  token_hash: string;
}

export interface StaffSession {
  created_at: string;
  /**
   * the kind of browser and machine, so that people recognise their own sessions
   */
  device: string | null;
  ended_at: string | null;
  /**
   * the earlier of idle and absolute time-out, moved on as it is used
   */
  expires_at: string;
  /**
   * false: the password was right, the second factor is still to come
   */
  is_complete: boolean;
  last_seen_at: string;
  /**
   * what the identity provider wants to see at sign-out; null: signed in here
   */
  oidc_id_token: string | null;
  /**
   * base32; shown for enrolment and not confirmed by a code yet
   */
  pending_totp_secret: string | null;
  staff_id: string;
  /**
   * SHA-256 of the cookie, hex: who reads this table cannot become anybody
   */
  token_hash: string;
}

export interface StaffUnit {
  staff_id: string;
  unit_code: string;
}

export interface StandardRateRow {
  amount: string;
  applies_from: string;
  file_id: string;
  in_force_date: string | null;
  issued_date: string | null;
  legal_basis: string | null;
  line_number: string;
  scheme_id: number;
  unit_code: string | null;
}

export interface Subject {
  person_key: string;
  /**
   * the first day after the run's on which the clock alone may change this beneficiary's result; null: none
   */
  wakes_on: string | null;
}

export interface TrailEntry {
  details: Json | null;
  entry_id: Generated<string>;
  /**
   * the entry that says that this one no longer tells whom and what it was about, and holds a digest of what it still tells; null: it says all that was chained
   */
  forgotten_by: string | null;
  happened_at: string;
  /**
   * what was done: viewed_numbers, exported, signed_in, message_sent, …; src/trail knows them all
   */
  kind: string;
  /**
   * whom it is about; null: nobody, or taken away with its salt (forgetInTrail)
   */
  person_key: string | null;
  /**
   * 16 random bytes: the chain holds SHA-256 of salt and person_key, which says nothing once both are gone
   */
  person_salt: Buffer | null;
  reason: string | null;
  /**
   * trail_digest of the row's text as it was then, hex; null: from here on the row may be gone (retention)
   */
  row_hash: string | null;
  /**
   * which row
   */
  row_key: string | null;
  /**
   * which kind of row it stands for (src/trail/rows.ts); null: it stands for itself
   */
  row_table: string | null;
  staff_id: string | null;
  /**
   * which case, file or list; never a name or a number of a person
   */
  subject: string | null;
}

export interface TrailHead {
  /**
   * local day on which it was made
   */
  day: string;
  hash: string;
  head_number: string;
  made_at: string;
  sequence_number: string;
  /**
   * the signed JSON, byte for byte as in the file head-….json
   */
  statement: string;
}

export interface TrailLink {
  /**
   * trail_digest of number, entry and what it says, hex
   */
  content_hash: string;
  entry_id: string;
  /**
   * SHA-256 of the hash before (64 zeros before the first) and content_hash, as one text, hex
   */
  hash: string;
  /**
   * SHA-256 of the entry's salt and person_key, hex; null: the entry is about nobody
   */
  person_commitment: string | null;
  sequence_number: string;
}

export interface UnitSuccessionRow {
  effective_date: string;
  file_id: string;
  line_number: string;
  new_code: string;
  old_code: string;
  part: string;
}

export interface UnmatchedPayment {
  benefit_period: number | null;
  currency: string;
  net_amount: string;
  payment_name: string;
  person_key: string;
  reason: string;
  scheme_id: number | null;
}

export interface Upload {
  /**
   * its sender instructs payments into accounts of other banks too; else lines of others are problems
   */
  all_banks: Generated<boolean>;
  attempt_count: Generated<number>;
  bytes_read: Generated<string>;
  channel: string;
  declared_count: string | null;
  declared_kind: string | null;
  declared_profile: string | null;
  declared_sum: string | null;
  failure_code: string | null;
  /**
   * the file it became, or (is_repeat) the sender's own file with the same bytes; null: not yet, or refused before it was one
   */
  file_id: string | null;
  file_name: string;
  finished_at: string | null;
  is_repeat: Generated<boolean>;
  lines_read: Generated<string>;
  received_at: string;
  /**
   * why it was refused, where file_id is null
   */
  refusal: Json | null;
  sha256: string;
  size_bytes: string;
  /**
   * who sent it, as in source_file: of a bank its 6 digits
   */
  source: string;
  staff_id: string;
  started_at: string | null;
  /**
   * draft: looked at on the page, not handed in yet; received and processing: on its way; sealed or refused: as source_file; failed: by our own fault, see failure_code; discarded: a draft that was not handed in
   */
  status: string;
  upload_id: string;
}

export interface VillageRow {
  cash_point_km: string | null;
  distance_km: string | null;
  electricity: string | null;
  file_id: string;
  line_number: string;
  signal: string | null;
  unit_code: string;
  village: string;
}

export interface WebhookEndpoint {
  created_at: string;
  created_by: string;
  disabled_at: string | null;
  disabled_reason: string | null;
  endpoint_id: string;
  former_secret: string | null;
  former_secret_until: string | null;
  kinds: string[];
  /**
   * whsec_…, by which it checks the signature; shown once, to the pages' login never
   */
  secret: string;
  source: string;
  url: string;
}

export interface WithdrawalReport {
  account_key: string;
  creditor_agent: number;
  /**
   * null: the bank names only the account, so no payment can be told
   */
  end_to_end_id: string | null;
  file_id: number;
  /**
   * null: none yet by reported_through_date (censored), which is not the same as not reported
   */
  first_withdrawal_at: string | null;
  first_withdrawal_date: string | null;
  line_number: string;
  person_key: string;
  reference_key: string | null;
  reported_through_date: string;
  withdrawal_channel: WithdrawalChannel | null;
  withdrawn_amount: string | null;
}

export interface DB {
  access_count: AccessCount;
  account_report: AccountReport;
  account_statement_row: AccountStatementRow;
  address_key: AddressKey;
  administrative_unit: AdministrativeUnit;
  administrative_unit_row: AdministrativeUnitRow;
  alarm: Alarm;
  alarm_delivery: AlarmDelivery;
  api_assertion: ApiAssertion;
  api_attempt: ApiAttempt;
  api_client: ApiClient;
  api_key: ApiKey;
  approval_band: ApprovalBand;
  approval_band_change: ApprovalBandChange;
  audited_approval_band_change: AuditedApprovalBandChange;
  audited_case_event: AuditedCaseEvent;
  audited_ingest_profile: AuditedIngestProfile;
  audited_period_event: AuditedPeriodEvent;
  audited_run: AuditedRun;
  audited_source_file: AuditedSourceFile;
  audited_staff_change: AuditedStaffChange;
  bank: Bank;
  bank_delivery: BankDelivery;
  bank_event: BankEvent;
  bank_question: BankQuestion;
  bank_row: BankRow;
  bank_score: BankScore;
  birth_place: BirthPlace;
  bridge_cell: BridgeCell;
  calendar: Calendar;
  calendar_row: CalendarRow;
  campaign: Campaign;
  campaign_row: CampaignRow;
  case_attachment: CaseAttachment;
  case_batch: CaseBatch;
  case_event: CaseEvent;
  case_message: CaseMessage;
  case_record: CaseRecord;
  case_tally: CaseTally;
  case_term: CaseTerm;
  cash_limit_row: CashLimitRow;
  category_row: CategoryRow;
  clean_count: CleanCount;
  clock_cell: ClockCell;
  clock_unit: ClockUnit;
  colleague: Colleague;
  complaint: Complaint;
  complaint_row: ComplaintRow;
  correction_candidate: CorrectionCandidate;
  correction_item: CorrectionItem;
  correction_list: CorrectionList;
  correction_offset: CorrectionOffset;
  correction_proposal: CorrectionProposal;
  coverage_day: CoverageDay;
  coverage_start_row: CoverageStartRow;
  engine_key: EngineKey;
  entitlement_clock: EntitlementClock;
  entitlement_line: EntitlementLine;
  exemption_row: ExemptionRow;
  file_content: FileContent;
  file_content_bits: FileContentBits;
  finding: Finding;
  finding_count: FindingCount;
  finding_total: FindingTotal;
  finding_type: FindingType;
  finding_unit: FindingUnit;
  folded_name: FoldedName;
  followed_run: FollowedRun;
  forgotten_file: ForgottenFile;
  forgotten_person: ForgottenPerson;
  "gathered.account_report": GatheredAccountReport;
  "gathered.entitlement_line": GatheredEntitlementLine;
  "gathered.mandate_row": GatheredMandateRow;
  "gathered.payment_report": GatheredPaymentReport;
  "gathered.register_row": GatheredRegisterRow;
  "gathered.withdrawal_report": GatheredWithdrawalReport;
  handed_in: HandedIn;
  hashed_text: HashedText;
  idempotent_request: IdempotentRequest;
  ignored_lines: IgnoredLines;
  ingest_profile: IngestProfile;
  linked_file: LinkedFile;
  listed_term: ListedTerm;
  mail_address: MailAddress;
  mandate_row: MandateRow;
  matched_payment: MatchedPayment;
  night: Night;
  night_step: NightStep;
  oidc_sign_in: OidcSignIn;
  outcome: Outcome;
  outcome_count: OutcomeCount;
  outcome_total: OutcomeTotal;
  outreach_result_row: OutreachResultRow;
  payer_account: PayerAccount;
  payer_account_row: PayerAccountRow;
  payment_organisation: PaymentOrganisation;
  payment_organisation_row: PaymentOrganisationRow;
  payment_report: PaymentReport;
  period_event: PeriodEvent;
  period_minutes: PeriodMinutes;
  period_snapshot: PeriodSnapshot;
  person_identity: PersonIdentity;
  person_pair: PersonPair;
  person_pair_change: PersonPairChange;
  problem: Problem;
  published_clock: PublishedClock;
  published_file: PublishedFile;
  reason_code: ReasonCode;
  reason_code_row: ReasonCodeRow;
  register_row: RegisterRow;
  report_deadline_row: ReportDeadlineRow;
  retention_policy: RetentionPolicy;
  run: Run;
  run_backend: RunBackend;
  run_beat: RunBeat;
  run_fence: RunFence;
  run_total: RunTotal;
  saved_view: SavedView;
  schema_migration: SchemaMigration;
  scheme: Scheme;
  scheme_code: SchemeCode;
  scheme_row: SchemeRow;
  server_seen: ServerSeen;
  settlement_cell: SettlementCell;
  settlement_difference: SettlementDifference;
  settlement_entry: SettlementEntry;
  settlement_run: SettlementRun;
  settlement_statement: SettlementStatement;
  sign_in_attempt: SignInAttempt;
  source_expectation_row: SourceExpectationRow;
  source_file: SourceFile;
  source_file_offsets: SourceFileOffsets;
  staff: Staff;
  staff_absence: StaffAbsence;
  staff_change: StaffChange;
  staff_device: StaffDevice;
  staff_session: StaffSession;
  staff_unit: StaffUnit;
  standard_rate_row: StandardRateRow;
  subject: Subject;
  trail_entry: TrailEntry;
  trail_head: TrailHead;
  trail_link: TrailLink;
  unit_succession_row: UnitSuccessionRow;
  unmatched_payment: UnmatchedPayment;
  upload: Upload;
  village_row: VillageRow;
  webhook_endpoint: WebhookEndpoint;
  withdrawal_report: WithdrawalReport;
}
