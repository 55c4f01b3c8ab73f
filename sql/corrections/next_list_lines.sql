-- What: the lines of a list for the next month, in the columns of a beneficiary list.
-- Reads: correction_list, correction_item, finding or entitlement_line (how the person is described there)
-- Gives: one row per line
-- Rule: D181. Each line names the month it comes from; who is described otherwise on a later list is described by the finding's own line.
-- Parameters: list_id

select s.scheme, to_char(l.target_period, 'FM0000"-"00') as benefit_period, identifier_text(i.person_key) as beneficiary_id, d.beneficiary_name, d.birth_date, d.sex, d.unit_code, d.village, x.line ->> 'category_code' as category_code, x.line ->> 'component' as component,
  x.line ->> 'origin_period' as origin_period, x.line ->> 'due_amount' as due_amount, i.currency, d.payment_channel, d.creditor_agent::text as creditor_agent, coalesce(account_text(d.account_key), h.original) as creditor_account, 'active' as list_status, l.as_of as list_date
from correction_item i join correction_list l using (list_id) join scheme_code s on s.scheme_id = i.scheme_id
cross join lateral jsonb_array_elements(i.lines) with ordinality x (line, place)
cross join lateral (
  select e.* from entitlement_line e join published_file using (file_id)
  where e.person_key % 240 = i.person_key % 240 and e.person_key = i.person_key and e.scheme_id = i.scheme_id and e.benefit_period = i.benefit_period and e.list_status = 'active'
  order by e.category_code is distinct from x.line ->> 'category_code', e.list_date desc nulls last, e.file_id desc, e.line_number limit 1
) d
left join hashed_text h on h.hash_key = d.account_key
where i.list_id = :'list_id'::bigint and i.left_out is null
order by i.item_number, x.place;
