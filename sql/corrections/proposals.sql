-- What: what would be on a kind of list now, and what would be left out and why, item by item.
-- Reads: correction_proposal, scheme_code
-- Gives: one row per finding of the kind's codes, what would be listed first
-- Rule: D179.
-- Parameters: kind, unit_codes (null: everywhere), scheme, benefit_period (null: all)

select p.finding_id, p.code, p.left_out, s.scheme, to_char(p.benefit_period, 'FM0000"-"00') as benefit_period, identifier_text(p.person_key) as beneficiary_id, p.beneficiary_name, p.unit_code, p.amount, p.currency, p.payment_channel, p.creditor_agent::text as creditor_agent,
  p.creditor_account, p.account_origin, p.creditor_name, p.return_reason_code, p.monthly_amount, p.asked, p.from_whom, p.lines
from correction_proposal p left join scheme_code s using (scheme_id)
where p.list_kind = :'kind' and (:'unit_codes'::text[] is null or p.unit_code = any (:'unit_codes'::text[])) and (:'scheme'::text is null or s.scheme = :'scheme'::text) and (:'benefit_period'::integer is null or p.benefit_period = :'benefit_period'::integer)
order by p.left_out is not null, p.left_out collate "C", p.creditor_agent, p.unit_code collate "C", p.person_key, p.benefit_period, p.finding_id;
