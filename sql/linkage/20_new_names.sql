-- What: the names that were never folded before.
-- Reads: work_description, folded_name
-- Writes: nothing; the caller folds them and stores them
-- Rule: D48. A name is folded once, however many people and lists carry it.
-- Why here: identities are stored with the keys of their names.

declare new_name no scroll cursor for
select distinct beneficiary_name from work_description d where not exists (select from folded_name n where n.beneficiary_name = d.beneficiary_name);
