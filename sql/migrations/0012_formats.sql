-- What each file was taken as, and the parts (sheets) that it is made of: files are more than CSV in UTF-8 from here on.

alter table source_file add column format text;
alter table source_file add column parts jsonb;
update source_file set format = 'csv' where file_id > 0 and status <> 'refused';
comment on column source_file.format is 'csv, xlsx, mt940, or the name of an ISO 20022 message; null: refused before that was known, or the pack';
comment on column source_file.encoding is 'the encoding of the text as it was sent: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni, viscii; null as for format';
comment on column source_file.parts is 'of a file with parts that people know by name: [{name, status, first_line, last_line, first_number}]; line_number counts on through the parts, what a person sees is first_number + line_number - first_line; null: none';
