-- What: does to an account what a change says; fields that it does not name stay.
-- Writes: staff (one row)
-- Rule: D132
-- Parameters: staff_id, change (field → {from, to})

update staff set
  display_name = case when :'change'::jsonb ? 'display_name' then :'change'::jsonb #>> '{display_name,to}' else display_name end,
  roles = case when :'change'::jsonb ? 'roles' then array(select jsonb_array_elements_text(:'change'::jsonb #> '{roles,to}')) else roles end,
  creditor_agent = case when :'change'::jsonb ? 'creditor_agent' then (:'change'::jsonb #>> '{creditor_agent,to}')::integer else creditor_agent end,
  unit_code = case when :'change'::jsonb ? 'unit_code' then :'change'::jsonb #>> '{unit_code,to}' else unit_code end,
  is_active = case when :'change'::jsonb ? 'is_active' then (:'change'::jsonb #>> '{is_active,to}')::boolean else is_active end,
  is_totp_required = case when :'change'::jsonb ? 'is_totp_required' then (:'change'::jsonb #>> '{is_totp_required,to}')::boolean else is_totp_required end,
  oidc_issuer = case when :'change'::jsonb ? 'oidc' then :'change'::jsonb #>> '{oidc,to,issuer}' else oidc_issuer end,
  oidc_subject = case when :'change'::jsonb ? 'oidc' then :'change'::jsonb #>> '{oidc,to,subject}' else oidc_subject end
where staff_id = :'staff_id'::bigint;
