-- What: copies what lists, account reports, mandates and the register say of the touched.
-- Reads: entitlement_line, account_report, mandate_row, register_row (all rows), work_touched
-- Writes: gathered.entitlement_line, gathered.account_report, gathered.mandate_row, gathered.register_row
-- Rule: rows of void files too; work_file says which are seen.
-- Why here: from here on `search_path = gathered, public`, and every step reads few rows instead of all.

insert into gathered.entitlement_line select l.* from public.entitlement_line l join work_touched t using (person_key);
insert into gathered.account_report select r.* from public.account_report r join work_touched t using (person_key);
insert into gathered.mandate_row select m.* from public.mandate_row m join work_touched t using (person_key);
insert into gathered.register_row select r.* from public.register_row r join work_touched t using (person_key);

select analyze_rows('gathered.entitlement_line');
select analyze_rows('gathered.account_report');
select analyze_rows('gathered.mandate_row');
select analyze_rows('gathered.register_row');
