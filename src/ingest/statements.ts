/** The statements of ingest whose shape is fixed; table and column names come from the field table alone. */
import { tableColumns, type Kind } from '../core/index.ts'

/** Loads rows of a kind as the encoder writes them. */
export function copyStatement(kind: Kind): string {
  return `copy ${kind.table} (file_id, line_number, ${tableColumns(kind).join(', ')}) from stdin (format binary)`
}

export const statements = {
  nextFileId: `select nextval('file_id_sequence') as file_id`,
  sealedWithSize: `select 1 as found from source_file where size_bytes = $1 and status = 'sealed' limit 1`,
  sealedWithHash: `select file_id from source_file where sha256 = $1 and status = 'sealed' and case when source ~ '^[0-9]{6}$' then source else '' end = $2`,
  // Held until the end of the transaction; one number per kind.
  lockKind: `select pg_advisory_xact_lock(hashtext('tantay ingest'), hashtext($1))`,
  // Without a row in file_content nothing is known of a file's rows, and they are compared.
  earlierFiles: `select f.file_id, coalesce(c.hash_version = $4::integer, false) as has_filter from source_file f left join file_content c on c.file_id = f.file_id
    where f.status = 'sealed' and (f.kind = $1 or (f.kind = 'pack' and $2::boolean)) and coalesce(c.stamps && $3::integer[], true) order by f.file_id`,
  insertContent: `insert into file_content (file_id, hash_version, stamps) values ($1, $2, $3)`,
  copyContentBits: `copy file_content_bits (file_id, part, bits) from stdin (format binary)`,
  contentBits: `select bits from file_content_bits where file_id = $1 order by part`,
  knownBanks: `select creditor_agent, citad_institution, swift from bank order by creditor_agent`,
  ownAccounts: `select distinct coalesce(account_text(o.account_key), h.original) as account from payment_organisation o left join hashed_text h on h.hash_key = o.account_key`,
  knownSchemes: `select scheme_id as id, scheme, currency from scheme`,
  schemeCodes: `select scheme_id as id, scheme from scheme_code`,
  insertScheme: `insert into scheme_code (scheme_id, scheme) values ($1, $2)`,
  raiseSchemeSequence: `select setval('scheme_id_sequence', (select max(scheme_id) from scheme_code))`,
  insertSealed: `insert into source_file (file_id, sha256, file_name, kind, source, status, size_bytes, encoding, delimiter, header_line, header_columns, line_count,
      accepted_count, repeat_count, ignored_count, problem_count, control_count, control_sum, is_control_sum_checked, recorded_at, sealed_at, format, parts)
    values ($1, $2, $3, $4, $5, 'sealed', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, $20, $21)`,
  setProfile: `update source_file set profile_name = $2, profile_version = $3, delimiter = $4 where file_id = $1`,
  insertRefused: `insert into source_file (file_id, sha256, file_name, kind, source, status, size_bytes, header_line, refusal, recorded_at, format, encoding, parts)
    values ($1, $2, $3, $4, $5, 'refused', $6, $7, $8, $9, $10, $11, $12)`,
  insertOffsets: `insert into source_file_offsets (file_id, every_lines, byte_offsets) values ($1, $2, $3)`,
  copyProblems: `copy problem (file_id, line_number, column_name, code, raw, suggestion) from stdin (format binary)`,
  copyIgnored: `copy ignored_lines (file_id, first_line, last_line, reason) from stdin (format binary)`,
  copyTerms: `copy listed_term (file_id, scheme_id, benefit_period, due_date) from stdin (format binary)`,
  // Takes the new pages into the BRIN indexes; what is not taken in is read by every slice and for every file, which is slow and nothing worse.
  summariseIndexes: `select summarise_rows($1)`,
  stageHashed: `create temporary table staged_hashed_text (hash_key bigint not null, original text not null) on commit drop`,
  copyHashed: `copy staged_hashed_text (hash_key, original) from stdin (format binary)`,
  // In the order of the keys, so that two files at once cannot wait for each other.
  insertHashed: `insert into hashed_text (hash_key, original) select distinct on (hash_key) hash_key, original from staged_hashed_text order by hash_key, original
    on conflict (hash_key) do nothing`,
  findCollision: `select s.hash_key from staged_hashed_text s join hashed_text h using (hash_key) where h.original <> s.original limit 1`,
} as const
