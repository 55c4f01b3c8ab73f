-- What: how much cash may be handed out in one place in a day, dated and with its legal basis; whether a village's payday fits into it is told from it.

create table cash_limit_row (
  file_id bigint not null,
  line_number bigint not null,
  limit_kind text not null check (limit_kind in ('agent_day', 'customer_day')),
  amount numeric not null,
  currency text not null,
  applies_from date not null,
  legal_basis text
);
comment on table cash_limit_row is 'agent_day: what one agent may hand out in a day; customer_day: what one customer may draw from agents in a day';

insert into cash_limit_row (file_id, line_number, limit_kind, amount, currency, applies_from, legal_basis)
values
  (0, 1, 'agent_day', 200000000, 'VND', '2024-07-01', 'Thông tư 07/2024/TT-NHNN'),
  (0, 2, 'customer_day', 20000000, 'VND', '2024-07-01', 'Thông tư 07/2024/TT-NHNN');
