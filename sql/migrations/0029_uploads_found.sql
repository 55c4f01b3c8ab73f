-- What: files of a sender found by their bytes, and answers kept letter for letter.
-- Why: each upload says whether the same bytes came before; an answer that is given again is the same bytes.
-- Source: promise R2; decision D146

create index upload_same_bytes on upload (source, sha256);
alter table idempotent_request alter column answer type json using answer::json;
