-- What: rule 4, account: a payment without id whose account is expected for exactly one beneficiary with an entitlement there.
-- Reads: work_payment, work_expected, work_entitlement
-- Writes: work_candidate (one row per payment without id × beneficiary it may be for), work_claim
-- Rule: contract 3.4, D11, D98. A name never matches money.
-- Why here: after every payment that names its beneficiary.

insert into work_candidate (person_key, payment_number)
select distinct x.person_key, p.payment_number
from work_payment p
join work_expected x on x.account_key = p.account_key and coalesce(x.creditor_agent = p.creditor_agent, true)
join work_entitlement e on e.person_key = x.person_key and e.currency = p.currency
  and coalesce(e.scheme_id = p.scheme_id, true) and coalesce(e.benefit_period = p.benefit_period, e.benefit_period <= p.until_period and (e.benefit_period >= e.start_period or p.until_period < e.start_period), true)
where p.beneficiary_key is null
  and case x.expectation
    when 'list' then x.list_status = 'active' and x.scheme_id = e.scheme_id and x.benefit_period = e.benefit_period
    when 'payee' then coalesce(p.credited_date, p.instructed_date, :'as_of'::date) between x.valid_from and coalesce(x.valid_to, 'infinity')
    else true end;

insert into work_claim (person_key, payment_number, match_rule, is_to_period, turn)
select min(c.person_key), c.payment_number, 'account', p.scheme_id is not null and p.benefit_period is not null, c.payment_number
from work_candidate c join work_payment p using (payment_number)
group by c.payment_number, p.scheme_id, p.benefit_period
having count(*) = 1;
