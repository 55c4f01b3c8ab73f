-- code: paid_after_death
-- severity: h
-- actor: C
-- subject: entitlement
-- working_days: 5
-- title.vi: Chi sau khi mất
-- title.en: Paid after death
-- title.ar: صُرف بعد الوفاة
-- explanation.vi: Tiền đã chi cho tháng sau tháng người thụ hưởng mất.
-- explanation.en: Money was credited for a month after the month of death.
-- explanation.ar: أُودع مبلغ عن شهر بعد شهر الوفاة.
-- action.vi: Xác minh giấy chứng tử và người đã nhận; thu hồi theo quyết định.
-- action.en: Verify the death and who received it; recover it by decision.
-- action.ar: تحقق من الوفاة وممن استلم المبلغ؛ واسترده بموجب قرار.
-- source: contract 5, Decree 20/2021 article 8, D14
-- why: Somebody received it: the family in good faith, or not.
--
-- Hit: dead in September, October credited
--   list A 2026-10 500000
--   register A dead death_date=2026-09-15
--   pay A 2026-10 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds paid_after_death A 500000
-- Near miss: the month of death is due and paid
--   list A 2026-10 500000
--   register A dead death_date=2026-10-02
--   pay A 2026-10 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence)
select o.person_key, 'paid_after_death', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.credited_amount, o.currency, o.unit_code, jsonb_build_object('death_period', to_char(d.death_period, 'FM0000"-"00'))
from work_outcome o join work_death d using (person_key)
where o.benefit_period > d.death_period and o.credited_amount > 0;
