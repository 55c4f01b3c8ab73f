-- What: which findings a run takes away and which it brings, so that whatever follows a result looks at those alone.
-- Why: after years most findings of a night are those of the night before; counts, cases and corrections that are worked out from all of them take longer each month.

create unlogged table work_finding_change (
  person_key bigint not null,
  finding_id text not null,
  code text not null,
  scheme_id smallint,
  benefit_period integer,
  unit_code text,
  currency text not null,
  amount_at_stake numeric not null,
  sign smallint not null
);
comment on table work_finding_change is 'one row per finding that the run under way writes (sign 1) or takes away (−1); one that only says something else now is both';

do $working$
begin
  -- as 0042: what a run empties belongs to the engine; a cluster knows its roles node by node
  if to_regclass('pg_catalog.pg_dist_partition') is not null then
    return;
  end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    grant create on schema public to tantay_engine;
  end if;
  alter table work_finding_change owner to tantay_engine;
  revoke create on schema public from tantay_engine;
end
$working$;
