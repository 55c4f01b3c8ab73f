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

-- what a run empties
grant truncate on work_finding_change to tantay_engine;
