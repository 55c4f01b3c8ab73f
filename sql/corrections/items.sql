-- What: the items of a list, or those that it leaves out, in the list's order.
-- Reads: correction_item, scheme_code, case_record
-- Gives: one row per item
-- Rule: D179.
-- Parameters: list_id, after (the last item number seen), left_out (true: what is left out; false: what is listed; null: both), reason (null: any), row_limit

select i.item_number, i.finding_id, c.case_number, i.code, i.left_out, s.scheme, to_char(i.benefit_period, 'FM0000"-"00') as benefit_period, identifier_text(i.person_key) as beneficiary_id, i.beneficiary_name, i.unit_code, i.amount, i.currency, i.payment_channel,
  i.creditor_agent::text as creditor_agent, i.creditor_account, i.account_origin, i.creditor_name, i.return_reason_code, i.monthly_amount, i.asked, i.from_whom, i.lines, i.end_to_end_id, i.progress, i.settled_amount, i.settled_date, i.settled_by
from correction_item i left join scheme_code s using (scheme_id) left join case_record c on c.person_key = i.person_key and c.finding_id = i.finding_id
where i.list_id = :'list_id'::bigint and i.item_number > :'after'::integer and (:'left_out'::boolean is null or (i.left_out is not null) = :'left_out'::boolean) and (:'reason'::text is null or i.left_out = :'reason'::text)
order by i.item_number limit :'row_limit'::bigint;
