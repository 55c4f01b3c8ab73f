-- What: draws what stands for each person, account, name and birth day from now on.
-- Reads: forgetting_person, entitlement_line, payment_report, account_report, withdrawal_report, register_row, mandate_row, complaint_row, case_record, entitlement_clock, birth_place
-- Writes: forgetting_key (persons, and the keys under which rows of their accounts stand), forgetting_account, forgetting_name, forgetting_birth; hashed_text, forgotten_person
-- Rule: D196. Random, and in nobody's order but that of ids that are bound to one another, because findings name the smaller one. A birth day moves within its year, and past no birthday on which a band of ages begins for a month of theirs.
-- Why here: before any row changes, so that everything is drawn from what it was.

do $step$
declare
  moved bigint;
begin
  create temporary table forgetting_key (old_key bigint primary key, new_key bigint not null) on commit drop;
  create temporary table forgetting_account (old_key bigint primary key, new_key bigint, account_group bigint not null, old_text text, new_text text not null) on commit drop;
  create temporary table forgetting_name (component bigint not null, account_group bigint not null, old_name text not null, new_name text not null, primary key (component, old_name)) on commit drop;
  create temporary table forgetting_birth (component bigint not null, birth_date date not null, new_date date not null, primary key (component, birth_date)) on commit drop;

  -- three times as many as needed: what was drawn twice, or before, falls away
  with drawn as (
    select row_number() over (order by gen_random_uuid()) as place, key from (
      select distinct 2000000000000 + ('x' || left(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint % 1000000000000 as key from generate_series(1, 100 + 3 * (select count(*) from forgetting_person))
    ) d where not exists (select from forgotten_person f where f.person_key = d.key)
  ), numbered as (
    select person_key, component, row_number() over (order by component, person_key) as place from forgetting_person
  ), given as (
    select n.component, d.key, row_number() over (partition by n.component order by d.key) as rank from numbered n join drawn d using (place)
  ), ranked as (
    select person_key, component, row_number() over (partition by component order by identifier_text(person_key) collate "C") as rank from forgetting_person
  )
  update forgetting_person p set new_key = g.key from ranked r join given g using (component, rank) where r.person_key = p.person_key;

  create temporary table forgetting_use (account_key bigint not null, person_key bigint not null) on commit drop;
  insert into forgetting_use
  select account_key, person_key from entitlement_line where account_key is not null
  union select account_key, person_key from payment_report where account_key is not null and person_key >= 0
  union select account_key, person_key from account_report;
  insert into forgetting_account (old_key, account_group, old_text, new_text)
  select u.account_key, min(p.account_group), coalesce(account_text(u.account_key), min(h.original)), 'x' || left(replace(gen_random_uuid()::text, '-', ''), 12)
  from forgetting_use u left join forgetting_person p using (person_key) left join hashed_text h on h.hash_key = u.account_key
  group by u.account_key
  -- under pseudonyms of earlier years nobody is kept
  having count(p.person_key) > 0 and bool_and(p.person_key is not null or u.person_key between 2000000000000 and 2999999999999);
  delete from forgetting_use u where not exists (select from forgetting_account a where a.old_key = u.account_key) or not exists (select from forgetting_person p where p.person_key = u.person_key);
  analyze forgetting_use;
  -- accounts that people share keep their order among themselves, since of two contradictory reports the smaller account stands
  loop
    update forgetting_person p set account_group = a.account_group
    from (select u.person_key, min(a.account_group) as account_group from forgetting_use u join forgetting_account a on a.old_key = u.account_key group by u.person_key) a
    where a.person_key = p.person_key and a.account_group < p.account_group;
    update forgetting_person p set account_group = c.account_group from (select component, min(account_group) as account_group from forgetting_person group by component) c where c.component = p.component and c.account_group < p.account_group;
    update forgetting_account a set account_group = p.account_group
    from (select u.account_key, min(p.account_group) as account_group from forgetting_use u join forgetting_person p using (person_key) group by u.account_key) p
    where p.account_key = a.old_key and p.account_group < a.account_group;
    get diagnostics moved = row_count;
    exit when moved = 0;
  end loop;
  with drawn as (
    select account_group, 4611686018427387904 + ('x' || left(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint * 8192 + floor(random() * 8192)::bigint as key from forgetting_account
  ), ranked as (
    select old_key, account_group, row_number() over (partition by account_group order by old_key) as rank from forgetting_account
  ), given as (
    select account_group, key, row_number() over (partition by account_group order by key) as rank from drawn
  )
  update forgetting_account a set new_key = g.key from ranked r join given g using (account_group, rank) where r.old_key = a.old_key;
  delete from hashed_text h using forgetting_account a where a.old_key = h.hash_key;
  insert into hashed_text (hash_key, original) select new_key, new_text from forgetting_account;

  insert into forgetting_key (old_key, new_key) select person_key, new_key from forgetting_person;
  -- rows that name an account and nobody stand under a number made of it
  insert into forgetting_key (old_key, new_key)
  select person_key, -1 - ('x' || left(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint * 32768
  from (
    select p.person_key from payment_report p join forgetting_account a on a.old_key = p.account_key where p.person_key < 0
    union select w.person_key from withdrawal_report w join forgetting_account a on a.old_key = w.account_key where w.person_key < 0
  ) bucket;
  insert into forgetting_key (old_key, new_key) select -1 - old_key, -1 - new_key from forgetting_account on conflict (old_key) do nothing;
  analyze forgetting_key;
  analyze forgetting_account;

  insert into forgetting_name (component, account_group, old_name, new_name)
  with said as (
    select p.component, l.beneficiary_name as name from entitlement_line l join forgetting_person p using (person_key)
    union select p.component, r.person_name from register_row r join forgetting_person p using (person_key)
    union select p.component, l.payee_name from entitlement_line l join forgetting_person p on p.person_key = l.payee_key where l.payee_name is not null
    union select p.component, m.payee_name from mandate_row m join forgetting_person p on p.person_key = m.payee_key
    union select p.component, c.person_name from complaint_row c join forgetting_person p using (person_key) where c.person_name is not null
    union select p.component, c.beneficiary_name from case_record c join forgetting_person p using (person_key) where c.beneficiary_name is not null
  ), spelled as materialized (
    select component, name, name_spelling(name) as spelling from said
  ), drawn as materialized (
    select component, spelling, 'ẨN DANH ' || upper(left(replace(gen_random_uuid()::text, '-', ''), 12)) as new_name from spelled group by 1, 2
  )
  -- names of one spelling stay of one spelling, and different: a sign of no width is told apart and spelled alike
  select s.component, g.account_group, s.name, d.new_name || repeat(U&'\200b', (row_number() over (partition by s.component, d.spelling order by s.name collate "C"))::integer - 1)
  from spelled s join drawn d on d.component = s.component and d.spelling = s.spelling
  join (select component, min(account_group) as account_group from forgetting_person group by component) g on g.component = s.component;
  analyze forgetting_name;

  insert into forgetting_birth (component, birth_date, new_date)
  with born as (
    select p.component, l.birth_date from entitlement_line l join forgetting_person p using (person_key) where l.birth_date is not null
    union select p.component, r.birth_date from register_row r join forgetting_person p using (person_key) where r.birth_date is not null
  ), counted_day as (
    select p.component, c.due_date as day from entitlement_clock c join forgetting_person p using (person_key)
    union select p.component, c.credited_date from entitlement_clock c join forgetting_person p using (person_key) where c.credited_date is not null
    union select p.component, r.credited_date from payment_report r join forgetting_person p using (person_key) where r.credited_date is not null
    union select p.component, l.due_date from entitlement_line l join forgetting_person p using (person_key) where l.due_date is not null
  ), birthday as (
    select distinct component, (day - make_interval(years => years))::date as day from counted_day cross join unnest(array[15, 60, 70, 80]) years
  ), neighbour as (
    select *, extract(year from birth_date)::integer as year, lag(birth_date) over same_year as former_date, lead(birth_date) over same_year as next_date
    from born window same_year as (partition by component, extract(year from birth_date) order by birth_date)
  ), bounded as (
    select n.component, n.birth_date,
      greatest(make_date(n.year, 1, 1), n.former_date + 1, max(b.day + 1) filter (where b.day < n.birth_date)) as first_date,
      least(case when n.next_date is null then make_date(n.year, 12, 31) else n.birth_date end, min(b.day) filter (where b.day >= n.birth_date)) as last_date
    from neighbour n left join birthday b on b.component = n.component and b.day between make_date(n.year, 1, 1) and make_date(n.year, 12, 31)
    group by n.component, n.birth_date, n.year, n.former_date, n.next_date
  ), moved as (
    -- any other day, where there is one
    select *, first_date + floor(random() * greatest(last_date - first_date, 1))::integer as day from bounded
  )
  select component, birth_date, case when last_date = first_date then birth_date when day >= birth_date then day + 1 else day end from moved;

  insert into forgotten_person (person_key, had_old_number, is_place_unknown, id_birth_year, id_sex)
  with said as (
    select person_key, new_key, 1900 + person_key / 100000000 % 10 / 2 * 100 + person_key / 1000000 % 100 as birth_year, case person_key / 100000000 % 2 when 0 then 'male' else 'female' end::sex as sex from forgetting_person
  ), odd as (
    select distinct person_key from said s join entitlement_line l using (person_key) where person_key < 1000000000000 and (l.birth_year <> s.birth_year or l.sex <> s.sex)
  )
  select s.new_key, s.person_key >= 1000000000000, s.person_key < 1000000000000 and not exists (select from birth_place b where b.place_code = left(identifier_text(s.person_key), 3)),
    case when o.person_key is not null then s.birth_year end, case when o.person_key is not null then s.sex end
  from said s left join odd o using (person_key);
end
$step$;
