-- What: the tables of linkage (who may be one person under two ids) and the spelling of a name for comparison.
-- Why: names are folded once, when an identity is first seen, and looked up by stored keys; a night only does what is new.

create function name_spelling(name text) returns text language sql immutable strict parallel safe as $$
  -- class E1 of core/names.ts, which a test holds this against: nothing of zero width, single blanks, capitals, Đ for its look-alikes, the tone on the vowel that carries the syllable
  select normalize(regexp_replace(regexp_replace(
    translate(normalize(btrim(regexp_replace(translate(name, U&'\00ad\034f\061c\180e\200b\200c\200d\200e\200f\202a\202b\202c\202d\202e\2060\2061\2062\2063\2064\feff', ''),
      U&'[ \0009-\000d\00a0\1680\2000-\200a\2028\2029\202f\205f\3000]+', ' ', 'g')), NFD),
      U&'abcdefghijklmnopqrstuvwxyz\0111\00f0\0256\00d0\0189', U&'ABCDEFGHIJKLMNOPQRSTUVWXYZ\0110\0110\0110\0110\0110'),
    U&'O([\0300\0301\0303\0309\0323])([AE])(?![\0300-\036f])', 'O\2\1', 'g'),
    U&'(?<!Q)U([\0300\0301\0303\0309\0323])Y(?![\0300-\036f])', 'UY\1', 'g'), NFC)
$$;
comment on function name_spelling is 'a name in the form in which two of the same spelling are equal: Hòa and Hoà, Đặng and Ðặng';

create function identifier_key(identifier text) returns bigint language sql immutable strict parallel safe as $$
  select case length(identifier) when 12 then identifier::bigint when 9 then identifier::bigint + 1000000000000 end
$$;
comment on function identifier_key is 'the person_key of a 12- or 9-digit id, the reverse of identifier_text';

create table linked_file (file_id bigint primary key);
comment on table linked_file is 'the beneficiary lists whose people person_identity holds; a list that was voided since is taken out by the next linkage';

create table folded_name (
  beneficiary_name text primary key,
  name_key bigint not null,
  given_key bigint not null,
  name_points smallint not null
);
comment on table folded_name is 'one row per name as written on any list, folded once';
comment on column folded_name.name_key is 'hash of the folded tokens in alphabetical order: equal where marks, order or blanks alone differ';
comment on column folded_name.given_key is 'hash of the folded last token';
comment on column folded_name.name_points is 'tenths of a bit; what agreeing on this whole name is worth: more, the rarer it is';

create table person_identity (
  person_key bigint not null,
  name_key bigint not null,
  given_key bigint not null,
  birth_date date,
  date_key integer,
  birth_year smallint,
  name_points smallint not null,
  sex sex,
  unit_code text not null,
  beneficiary_name text not null
);
comment on table person_identity is 'one row per person and way in which the sealed lists describe them: name as written, birth, sex, unit';
comment on column person_identity.date_key is 'birth date with day and month in order of size (year × 10000 + smaller × 100 + larger), so that swapped ones meet; null without a full date';
create index person_identity_date on person_identity (date_key);
create index person_identity_name on person_identity (name_key, birth_year);

create table person_pair (
  person_key bigint not null,
  other_key bigint not null,
  score integer not null,
  evidence jsonb not null,
  primary key (person_key, other_key)
);
comment on table person_pair is 'one row per two ids whose descriptions score above the review threshold; person_key is the smaller id (as text), other_key the greater';
comment on column person_pair.score is 'tenths of a bit that speak for one person: the sum of the points in evidence';
create index person_pair_other on person_pair (other_key);

create table person_pair_change (person_key bigint not null);
comment on table person_pair_change is 'persons whose pairs changed since a result was last published: an increment takes them up, publishing forgets them';

create unlogged table work_description (person_key bigint not null, birth_date date, birth_year smallint, sex sex, unit_code text not null, beneficiary_name text not null);
comment on table work_description is 'linkage: how lists describe a person, where person_identity does not say so yet';

create unlogged table work_person (person_key bigint not null);
comment on table work_person is 'linkage: the persons compared anew, with everybody';

create unlogged table work_pair_candidate (
  first_key bigint not null, second_key bigint not null, first_name text not null, second_name text not null, first_points smallint not null, second_points smallint not null,
  first_birth_date date, second_birth_date date, first_birth_year smallint, second_birth_year smallint, first_sex sex, second_sex sex, first_unit_code text not null, second_unit_code text not null
);
comment on table work_pair_candidate is 'linkage: two descriptions under two ids that share a blocking key and can still reach the threshold';
