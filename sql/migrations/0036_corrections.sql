-- What: the money put right: lists of supplementary payments, recoveries, offsets, account fixes and lines for the next list, each made by one person and approved by another, each item tied to its finding.
-- Why: what was found is worth nothing until somebody is paid; and what is paid on a list must neither be paid twice nor be disputed, dead or on its way. Who makes and who approves is held here, not in a page.
-- Source: contract 4, 5, 7 (reports supplementary-payments, recoveries, account-fixes), 9.9; promises R7, R12; decisions D179–D181

create table payer_account_row (
  file_id bigint not null,
  line_number bigint not null,
  unit_code text,
  debtor_name text not null,
  debtor_agent integer not null,
  debtor_account text not null,
  cash_agent integer,
  offset_percent numeric not null check (offset_percent between 0 and 100),
  not_collected text not null check (not_collected in ('next_list', 'supplementary')),
  collection_months smallint not null,
  applies_from date not null,
  legal_basis text
);
comment on table payer_account_row is 'from which account a place pays, and by which rules it carries over and takes back; of several the newest that applies';
comment on column payer_account_row.unit_code is 'the unit whose payer pays from it; null: the whole country';
comment on column payer_account_row.cash_agent is 'who hands out cash where neither list nor payment names anybody; null: nobody';
comment on column payer_account_row.offset_percent is 'percent of a month''s amount due that may be kept back at most, 0 to 100';
comment on column payer_account_row.not_collected is 'where money goes that was not collected: onto the next month''s list, or onto a supplementary list';
comment on column payer_account_row.collection_months is 'for so many months money that was not collected is carried over; then somebody has to look';
grant select on payer_account_row to tantay_desk;

create view payer_account as
select distinct on (r.unit_code, r.applies_from) r.unit_code, r.debtor_name, r.debtor_agent, r.debtor_account, r.cash_agent, r.offset_percent, r.not_collected, r.collection_months, r.applies_from, r.legal_basis
from payer_account_row r join source_file f using (file_id)
where f.status = 'sealed'
order by r.unit_code, r.applies_from, r.file_id desc, r.line_number desc;
grant select on payer_account to tantay_desk;

create table correction_candidate (
  person_key bigint not null,
  finding_id text not null,
  list_kind text not null check (list_kind in ('supplementary', 'recovery', 'offset', 'account_fix', 'carried_over')),
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  unit_code text,
  currency text not null,
  amount numeric not null,
  before_amount numeric not null,
  money_key text not null,
  left_out text,
  lifted_by text[] not null,
  payment_channel payment_channel,
  creditor_agent integer,
  creditor_account text,
  account_origin text,
  creditor_name text,
  beneficiary_name text,
  return_reason_code text,
  monthly_amount numeric,
  asked text,
  from_whom text,
  lines jsonb,
  primary key (person_key, finding_id, list_kind)
);
comment on table correction_candidate is 'one row per finding of the published result and kind of list on which it could be put right, with what would be listed or why not; laid out anew with each result';
comment on column correction_candidate.amount is 'what is at stake in the finding';
comment on column correction_candidate.before_amount is 'what was credited to the entitlement, or of the payment, when this was laid out: what comes or goes later is told from it';
comment on column correction_candidate.money_key is 'which money it is: the same key twice for one person would be the same money twice';
comment on column correction_candidate.left_out is 'why it may not be listed, as far as the result says; null: nothing speaks against it';
comment on column correction_candidate.lifted_by is 'the decisions of its case, approved by a second person, in spite of which it may';
comment on column correction_candidate.account_origin is 'why the account may be paid into: listed, own, payee, proved (unknown to the reports, but the last credit stands); null: no account is needed or there is none';
comment on column correction_candidate.monthly_amount is 'of an offset: what each month may keep back at most; null: no offset';
comment on column correction_candidate.asked is 'of an account: activate, unblock, open_new, open_account, confirm_holder, correct_number, renew_mandate';
comment on column correction_candidate.from_whom is 'of a recovery: person, holder, heirs or bank';
comment on column correction_candidate.lines is 'of the next list: [{component, origin_period, category_code, due_amount}]';
create index correction_candidate_unit on correction_candidate (unit_code, list_kind);

create sequence correction_list_id_sequence as bigint;

create table correction_list (
  list_id bigint primary key default nextval('correction_list_id_sequence'),
  kind text not null check (kind in ('supplementary', 'recovery', 'offset', 'account_fix', 'carried_over')),
  reference text not null,
  version integer not null default 1,
  state text not null default 'draft' check (state in ('draft', 'approved', 'sent', 'settled', 'withdrawn')),
  unit_code text,
  unit_codes text[],
  scheme_id smallint,
  benefit_period integer,
  target_period integer,
  currency text not null,
  run_id bigint not null,
  as_of date not null,
  found_count bigint not null default 0,
  found_amount numeric not null default 0,
  item_count bigint not null default 0,
  item_amount numeric not null default 0,
  left_count bigint not null default 0,
  left_amount numeric not null default 0,
  decision_number text check (length(decision_number) between 1 and 100),
  decision_date date,
  made_at timestamptz not null,
  made_by bigint not null references staff,
  approved_at timestamptz,
  approved_by bigint references staff,
  sent_at timestamptz,
  sent_by bigint references staff,
  sent_file bigint,
  settled_date date,
  withdrawn_at timestamptz,
  withdrawn_by bigint references staff,
  withdrawn_reason text check (length(withdrawn_reason) between 1 and 500),
  constraint correction_list_two_persons check (approved_by <> made_by),
  constraint correction_list_approval_is_whole check ((approved_at is null) = (approved_by is null) and (state not in ('approved', 'sent', 'settled') or approved_by is not null)),
  constraint correction_list_sending_is_whole check ((sent_at is null) = (sent_by is null) and (state not in ('sent', 'settled') or sent_at is not null)),
  constraint correction_list_withdrawal_is_whole check ((state = 'withdrawn') = (withdrawn_by is not null and withdrawn_at is not null and withdrawn_reason is not null)),
  constraint correction_list_reconciles check (approved_by is null or item_count + left_count = found_count and item_amount + left_amount = found_amount),
  constraint correction_list_by_decision check (approved_by is null or kind not in ('recovery', 'offset') or decision_number is not null and decision_date is not null),
  constraint correction_list_for_a_month check (kind not in ('offset', 'carried_over') or target_period is not null)
);
comment on table correction_list is 'one row per list of corrections: what it is about, how it stands, and who made, approved, sent or withdrew it';
comment on column correction_list.reference is 'with which the EndToEndId of each of its payments begins: nobody else''s begin so';
comment on column correction_list.version is 'one more with everything that is done to it: who approves says which version they read';
comment on column correction_list.unit_code is 'the place it is for; null: the whole country';
comment on column correction_list.unit_codes is 'every code of that place when it was made; null: all';
comment on column correction_list.scheme_id is 'null: all schemes';
comment on column correction_list.benefit_period is 'null: all months';
comment on column correction_list.target_period is 'of lines for the next list: its month; of offsets: the first month that keeps something back';
comment on column correction_list.run_id is 'the result it was made from';
comment on column correction_list.found_count is 'how many findings of its codes that result had in the place, counted from the findings themselves';
comment on column correction_list.item_amount is 'of all that is on the list; with left_amount exactly found_amount';
comment on column correction_list.sent_file is 'the file as which its payments or lines were taken in; null: none';

create table correction_item (
  person_key bigint not null,
  list_id bigint not null,
  item_number integer not null,
  finding_id text not null,
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  unit_code text,
  currency text not null,
  amount numeric not null,
  before_amount numeric not null,
  money_key text not null,
  left_out text,
  payment_channel payment_channel,
  creditor_agent integer,
  creditor_account text,
  account_origin text,
  creditor_name text,
  beneficiary_name text,
  return_reason_code text,
  monthly_amount numeric,
  asked text,
  from_whom text,
  lines jsonb,
  end_to_end_id text,
  is_live boolean not null default false,
  progress text not null default 'waiting' check (progress in ('waiting', 'partly', 'settled', 'failed', 'gone')),
  settled_amount numeric not null default 0,
  settled_date date,
  settled_by text,
  primary key (person_key, list_id, item_number),
  constraint correction_item_settles_no_more check (settled_amount between 0 and amount)
);
comment on table correction_item is 'one row per finding that a list of corrections puts right, or leaves out with the reason; never changed once the list is approved, but for what came of it';
comment on column correction_item.left_out is 'why it is not on the list; null: it is';
comment on column correction_item.monthly_amount is 'of an offset: what each month keeps back, the last one the rest; null: no offset';
comment on column correction_item.end_to_end_id is 'of a payment: ours, by which the bank''s reports are known again';
comment on column correction_item.is_live is 'on an approved list and not answered yet: no other list may hold the same money';
comment on column correction_item.progress is 'waiting; partly; settled: all of it came (or came back); failed: the payment was refused or returned; gone: nothing is owed any more, and nothing came. Worked out anew with each result';
comment on column correction_item.settled_by is 'the payment that settled it, agent|EndToEndId; null: none is named';
create unique index correction_item_once on correction_item (person_key, money_key) where is_live;
create index correction_item_of_list on correction_item (list_id, item_number);
create index correction_item_finding on correction_item (person_key, finding_id) where left_out is null;

create table correction_offset (
  person_key bigint not null,
  list_id bigint not null,
  item_number integer not null,
  scheme_id smallint not null,
  benefit_period integer not null,
  amount numeric not null check (amount > 0),
  primary key (person_key, list_id, item_number, benefit_period)
);
comment on table correction_offset is 'one row per month that keeps something back for an approved offset';

create table work_correction (
  person_key bigint not null,
  list_id bigint not null,
  item_number integer not null,
  money_key text not null,
  moved_amount numeric not null,
  progress text not null,
  moved_date date,
  moved_by text,
  wants_live boolean not null
);
comment on table work_correction is 'while a result is published: what has become of each item of an approved list';

-- a month that was stopped or suspended is looked for by person, and there are few such lines
create index entitlement_line_not_active on entitlement_line (person_key) where list_status <> 'active';

do $policies$
declare
  one text;
begin
  foreach one in array array['correction_candidate', 'correction_list', 'correction_item'] loop
    execute format('alter table %I enable row level security', one);
    execute format('create policy by_unit on %I for select to tantay_desk using ((select desk_sees_all()) or unit_code in (select desk_unit_codes()))', one);
    execute format('grant select on %I to tantay_desk', one);
  end loop;
end
$policies$;
alter table correction_offset enable row level security;
create policy by_item on correction_offset for select to tantay_desk using ((select desk_staff()) is not null and exists (select from correction_item i where i.person_key = correction_offset.person_key and i.list_id = correction_offset.list_id and i.item_number = correction_offset.item_number));
grant select on correction_offset to tantay_desk;

create view correction_proposal with (security_invoker = true) as
select c.person_key, c.finding_id, c.list_kind, c.code, c.scheme_id, c.benefit_period, c.unit_code, c.currency, c.amount, c.before_amount, c.money_key, c.payment_channel, c.creditor_agent, c.creditor_account, c.account_origin,
  c.creditor_name, c.beneficiary_name, c.return_reason_code, c.monthly_amount, c.asked, c.from_whom, c.lines,
  case
    when exists (select from correction_item i where i.person_key = c.person_key and i.money_key = c.money_key and i.is_live) then 'on_list'
    when c.left_out is not null and not coalesce(k.decision = any (c.lifted_by), false) then c.left_out
    when k.decision is not null and not k.decision = any (case c.list_kind
      when 'supplementary' then array['repaid', 'account_corrected', 'bank_error_fixed', 'list_corrected']
      when 'carried_over' then array['repaid', 'account_corrected', 'bank_error_fixed', 'list_corrected', 'offset_next_period']
      when 'recovery' then array['recovered']
      when 'offset' then array['offset_next_period']
      else array['repaid', 'account_corrected', 'bank_error_fixed', 'list_corrected', 'recovered'] end) then 'decided_otherwise'
    when k.decision is not null and k.decided_amount > 0 and k.decided_amount <> c.amount then 'decided_otherwise'
    when k.is_sent_back then 'sent_back'
    when c.list_kind in ('supplementary', 'carried_over') and exists (
      select from case_record m join complaint p using (person_key, finding_id)
      where m.person_key = c.person_key and m.code = 'complaint' and m.is_open and coalesce(m.benefit_period = c.benefit_period, true) and coalesce(m.scheme_id = c.scheme_id, true)) then 'complaint_open'
    when c.list_kind <> 'account_fix' and (c.person_key, c.finding_id) in (select q.person_key, q.finding_id from bank_question q where q.answered_at is null) then 'bank_asked'
  end as left_out
from correction_candidate c
left join lateral (
  select case when m.step in ('approved', 'answered') then m.resolution end as decision,
    (select e.amount from case_event e where e.person_key = m.person_key and e.finding_id = m.finding_id and e.event_number = m.appraisal_number and m.step in ('approved', 'answered')) as decided_amount,
    m.step = 'received' and coalesce((select e.kind = 'sent_back' from case_event e where e.person_key = m.person_key and e.finding_id = m.finding_id and e.kind in ('appraised', 'sent_back', 'amount_changed', 'found_again') order by e.event_number desc limit 1), false) as is_sent_back
  from case_record m where m.person_key = c.person_key and m.finding_id = c.finding_id
) k on true;
comment on view correction_proposal is 'what a list made now would hold and leave out: the candidates of the result, and what people and other lists have decided since';
grant select on correction_proposal to tantay_desk;

create function correction_codes(list_kind text) returns text[] language sql immutable parallel safe as $function$
  select case list_kind
    when 'supplementary' then array['unpaid', 'unpaid_no_account', 'returned', 'paid_short', 'not_collected', 'stuck']
    when 'carried_over' then array['unpaid', 'unpaid_no_account', 'returned', 'paid_short', 'not_collected', 'stuck', 'arrears_missing']
    when 'recovery' then array['paid_twice', 'paid_over', 'not_on_list', 'paid_after_death', 'paid_while_suspended', 'wrong_account']
    when 'offset' then array['paid_twice', 'paid_over']
    when 'account_fix' then array['account_not_usable', 'holder_mismatch', 'mandate_expired', 'unpaid_no_account', 'returned'] end
$function$;
comment on function correction_codes is 'the findings that a kind of list puts right';

create function desk_keeps_list(wanted_unit text) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select desk_sees_all() or coalesce(wanted_unit in (select desk_unit_codes()), false)
$function$;
comment on function desk_keeps_list is 'whether a list for that place (null: the whole country) is of the reader''s own place';
revoke all on function desk_keeps_list from public;
grant execute on function desk_keeps_list to tantay_desk;

create function fill_correction_list(wanted_list bigint) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  made correction_list;
begin
  select * into strict made from correction_list where list_id = wanted_list;
  delete from correction_item where list_id = wanted_list;
  insert into correction_item (person_key, list_id, item_number, finding_id, code, scheme_id, benefit_period, unit_code, currency, amount, before_amount, money_key, left_out, payment_channel, creditor_agent, creditor_account, account_origin, creditor_name,
    beneficiary_name, return_reason_code, monthly_amount, asked, from_whom, lines, end_to_end_id)
  with proposed as (
    select p.*, case when p.left_out is null and made.kind = 'carried_over' and p.benefit_period >= made.target_period then 'later_month' else p.left_out end as reason
    from correction_proposal p
    where p.list_kind = made.kind and p.currency = made.currency and (made.unit_codes is null or p.unit_code = any (made.unit_codes)) and (made.scheme_id is null or p.scheme_id = made.scheme_id) and (made.benefit_period is null or p.benefit_period = made.benefit_period)
  ), numbered as (
    select p.*, row_number() over (order by p.reason is not null, p.creditor_agent, p.unit_code collate "C", p.person_key, p.benefit_period, p.finding_id) as item_number from proposed p
  )
  select n.person_key, wanted_list, n.item_number, n.finding_id, n.code, n.scheme_id, n.benefit_period, n.unit_code, n.currency, n.amount, n.before_amount, n.money_key, n.reason, n.payment_channel, n.creditor_agent, n.creditor_account, n.account_origin, n.creditor_name,
    n.beneficiary_name, n.return_reason_code,
    case when n.reason is null then n.monthly_amount end,
    n.asked, n.from_whom, n.lines,
    case when made.kind = 'supplementary' and n.reason is null then made.reference || '-' || n.item_number end
  from numbered n;
  update correction_list l set
    (item_count, item_amount, left_count, left_amount) = (select count(*) filter (where i.left_out is null), coalesce(sum(i.amount) filter (where i.left_out is null), 0), count(*) filter (where i.left_out is not null), coalesce(sum(i.amount) filter (where i.left_out is not null), 0) from correction_item i where i.list_id = wanted_list),
    (found_count, found_amount) = (select count(*), coalesce(sum(f.amount_at_stake), 0) from finding f
      where f.code = any (correction_codes(made.kind)) and f.currency = made.currency and (made.unit_codes is null or f.unit_code = any (made.unit_codes)) and (made.scheme_id is null or f.scheme_id = made.scheme_id) and (made.benefit_period is null or f.benefit_period = made.benefit_period))
  where l.list_id = wanted_list;
end
$function$;
comment on function fill_correction_list is 'lays out the items of a draft from what is proposed now, and counts the findings beside them';
revoke all on function fill_correction_list from public;

create function draft_correction_list(wanted_kind text, wanted_unit text, wanted_units text[], wanted_scheme smallint, wanted_period integer, wanted_target integer, wanted_currency text, number_of_decision text, day_of_decision date, at timestamptz) returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  new_list bigint;
begin
  if not (desk_has_role('payer') and desk_keeps_list(wanted_unit)) or (wanted_unit is null) <> (wanted_units is null) or not (desk_sees_all() or wanted_units <@ desk_units()) then
    raise exception 'lists of that place are not the reader''s to make' using errcode = 'insufficient_privilege';
  end if;
  insert into correction_list (kind, reference, unit_code, unit_codes, scheme_id, benefit_period, target_period, currency, run_id, as_of, decision_number, decision_date, made_at, made_by)
  select wanted_kind, 'TT' || upper(substr(md5(gen_random_uuid()::text), 1, 10)), wanted_unit, wanted_units, wanted_scheme, wanted_period, wanted_target, wanted_currency, r.run_id, r.as_of, number_of_decision, day_of_decision, at, desk_staff()
  from followed_run join run r using (run_id)
  returning list_id into new_list;
  if new_list is null then
    raise exception 'there is no published result to make a list from' using errcode = 'no_data_found';
  end if;
  perform fill_correction_list(new_list);
  return new_list;
end
$function$;
comment on function draft_correction_list is 'makes a draft for a place of the reader''s (null: the whole country) from what is proposed now; its list_id';
revoke all on function draft_correction_list from public;
grant execute on function draft_correction_list to tantay_desk;

create function redraft_correction_list(wanted_list bigint, wanted_version integer, number_of_decision text, day_of_decision date, at timestamptz) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  made correction_list;
begin
  select * into made from correction_list where list_id = wanted_list and desk_keeps_list(unit_code) for update;
  if not found then return 'list_unknown'; end if;
  if not desk_has_role('payer') then return 'not_allowed'; end if;
  if made.version <> wanted_version then return 'list_changed'; end if;
  if made.state <> 'draft' then return 'not_a_draft'; end if;
  update correction_list l set version = l.version + 1, run_id = r.run_id, as_of = r.as_of, decision_number = number_of_decision, decision_date = day_of_decision, made_at = at, made_by = desk_staff() from followed_run f join run r using (run_id) where l.list_id = wanted_list;
  perform fill_correction_list(wanted_list);
  return 'done';
end
$function$;
comment on function redraft_correction_list is 'makes a draft anew from what is proposed now, by the reader: done, or why not';
revoke all on function redraft_correction_list from public;
grant execute on function redraft_correction_list to tantay_desk;

create function approve_correction_list(wanted_list bigint, wanted_version integer, at timestamptz) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  made correction_list;
  most numeric;
begin
  select * into made from correction_list where list_id = wanted_list and desk_keeps_list(unit_code) for update;
  if not found then return 'list_unknown'; end if;
  if not desk_has_role('approver', 'payer') then return 'not_allowed'; end if;
  if made.version <> wanted_version then return 'list_changed'; end if;
  if made.state <> 'draft' then return 'not_a_draft'; end if;
  if made.made_by = desk_staff() then return 'own_list'; end if;
  if made.item_count = 0 then return 'list_empty'; end if;
  if made.kind in ('recovery', 'offset') and (made.decision_number is null or made.decision_date is null) then return 'decision_missing'; end if;
  select max(amount) into most from correction_item where list_id = wanted_list and left_out is null;
  if not exists (select from staff s join approval_band b using (scope_level) where s.staff_id = desk_staff() and most <= coalesce(b.up_to_amount, 'infinity')) then return 'beyond_band'; end if;
  -- every item must stand as it was read: the finding, its amount, the account, and nothing that has come between
  if exists (
    select from correction_item i
    left join correction_proposal p on p.person_key = i.person_key and p.finding_id = i.finding_id and p.list_kind = made.kind
    where i.list_id = wanted_list and i.left_out is null
      and (p.finding_id is null or p.left_out is not null or p.amount <> i.amount or (p.money_key, p.creditor_agent, p.creditor_account, p.before_amount) is distinct from (i.money_key, i.creditor_agent, i.creditor_account, i.before_amount))
  ) then return 'outdated'; end if;
  if not exists (
    select from correction_item i where i.list_id = wanted_list
    having count(*) filter (where i.left_out is null) = made.item_count and coalesce(sum(i.amount) filter (where i.left_out is null), 0) = made.item_amount
      and count(*) = made.found_count and coalesce(sum(i.amount), 0) = made.found_amount and count(distinct i.finding_id) = made.found_count
  ) then return 'not_reconciled'; end if;
  begin
    update correction_item set is_live = true where list_id = wanted_list and left_out is null;
  exception when unique_violation then
    return 'already_listed';
  end;
  insert into correction_offset (person_key, list_id, item_number, scheme_id, benefit_period, amount)
  select i.person_key, i.list_id, i.item_number, i.scheme_id, to_char(make_date(made.target_period / 100, made.target_period % 100, 1) + make_interval(months => n), 'YYYYMM')::integer, least(i.monthly_amount, i.amount - n * i.monthly_amount)
  from correction_item i cross join lateral generate_series(0, ceil(i.amount / i.monthly_amount)::integer - 1) n
  where i.list_id = wanted_list and i.left_out is null and made.kind = 'offset';
  update correction_list set state = 'approved', version = version + 1, approved_at = at, approved_by = desk_staff() where list_id = wanted_list;
  return 'done';
end
$function$;
comment on function approve_correction_list is 'the reader approves a draft that somebody else made, in the version they read: done, or why not';
revoke all on function approve_correction_list from public;
grant execute on function approve_correction_list to tantay_desk;

create function send_correction_list(wanted_list bigint, wanted_version integer, as_file bigint, at timestamptz) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  made correction_list;
begin
  select * into made from correction_list where list_id = wanted_list and desk_keeps_list(unit_code) for update;
  if not found then return 'list_unknown'; end if;
  if not desk_has_role('payer') then return 'not_allowed'; end if;
  if made.version <> wanted_version then return 'list_changed'; end if;
  if made.state <> 'approved' then return 'not_approved'; end if;
  update correction_list set state = 'sent', version = version + 1, sent_at = at, sent_by = desk_staff(), sent_file = as_file where list_id = wanted_list;
  return 'done';
end
$function$;
comment on function send_correction_list is 'the reader says that an approved list went out, and as which file its payments were taken in: done, or why not';
revoke all on function send_correction_list from public;
grant execute on function send_correction_list to tantay_desk;

create function withdraw_correction_list(wanted_list bigint, wanted_version integer, reason text, at timestamptz) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  made correction_list;
begin
  select * into made from correction_list where list_id = wanted_list and desk_keeps_list(unit_code) for update;
  if not found then return 'list_unknown'; end if;
  if not desk_has_role('payer') then return 'not_allowed'; end if;
  if made.version <> wanted_version then return 'list_changed'; end if;
  if made.state not in ('draft', 'approved', 'sent') then return 'not_withdrawable'; end if;
  -- what went out is withdrawn only once nothing of it can still arrive: its file is void
  if made.state = 'sent' and (exists (select from source_file where file_id = made.sent_file and status <> 'void') or exists (select from correction_item where list_id = wanted_list and settled_amount > 0)) then return 'already_out'; end if;
  update correction_item set is_live = false where list_id = wanted_list;
  delete from correction_offset where list_id = wanted_list;
  update correction_list set state = 'withdrawn', version = version + 1, withdrawn_at = at, withdrawn_by = desk_staff(), withdrawn_reason = reason where list_id = wanted_list;
  return 'done';
end
$function$;
comment on function withdraw_correction_list is 'takes a list back, with the reason; its items may stand on another: done, or why not';
revoke all on function withdraw_correction_list from public;
grant execute on function withdraw_correction_list to tantay_desk;

create function lists_of_finding(wanted_finding text) returns table (list_id bigint, kind text, state text, item_number integer, amount numeric, currency text, left_out text, progress text, settled_amount numeric, settled_date date, settled_by text, end_to_end_id text) language sql stable security definer rows 5 set search_path = pg_catalog, public, pg_temp as $function$
  select l.list_id, l.kind, l.state, i.item_number, i.amount, i.currency, i.left_out, i.progress, i.settled_amount, i.settled_date, i.settled_by, i.end_to_end_id
  from case_record c join correction_item i on i.person_key = c.person_key and i.finding_id = c.finding_id join correction_list l on l.list_id = i.list_id
  where c.finding_id = wanted_finding and (desk_sees_all() or c.unit_code in (select desk_unit_codes())) and i.left_out is null and l.state <> 'withdrawn'
  order by l.list_id desc
$function$;
comment on function lists_of_finding is 'on which lists a case of the reader''s stands, the newest first: a commune sees its people on a province''s list, and nothing else of it';
revoke all on function lists_of_finding from public;
grant execute on function lists_of_finding to tantay_desk;

create function bank_account_fixes() returns table (list_id bigint, item_number integer, sent_at timestamptz, creditor_account text, asked text, return_reason_code text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select l.list_id, i.item_number, l.sent_at, i.creditor_account, i.asked, i.return_reason_code
  from correction_list l join correction_item i using (list_id)
  where l.kind = 'account_fix' and l.state in ('sent', 'settled') and i.left_out is null and i.progress = 'waiting' and i.creditor_account is not null and i.creditor_agent = desk_agent()
  order by l.list_id, i.item_number
$function$;
comment on function bank_account_fixes is 'what the reader''s bank is asked to put right about accounts of its own, as sent: no name, scheme, amount or month; no row for anybody else';
revoke all on function bank_account_fixes from public;
grant execute on function bank_account_fixes to tantay_desk;

-- what a case learns of a list that settled it
alter table case_event drop constraint case_event_kind_check, drop constraint case_event_by_somebody;
alter table case_event
  add constraint case_event_kind_check check (kind in ('received', 'assigned', 'commented', 'evidence_added', 'appraised', 'sent_back', 'approved', 'answered', 'reopened', 'gone', 'found_again', 'amount_changed', 'bank_asked', 'bank_answered', 'settled')),
  add constraint case_event_by_somebody check ((actor_id is null) = (kind in ('gone', 'found_again', 'amount_changed', 'settled')));
