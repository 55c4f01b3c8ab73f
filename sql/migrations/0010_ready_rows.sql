-- Results are made ready, on two connections, before the transaction that publishes them only copies them.

create unlogged table work_ready_finding (like finding);
alter table work_ready_finding drop column severity_rank;
comment on table work_ready_finding is 'findings as they will be published, but for their rank: the types of finding are told with the same transaction';

create unlogged table work_ready_match (like matched_payment);
comment on table work_ready_match is 'matched payments as they will be published';
