-- remark: what a person writes beside an amendment or a mark may tell a key, and is sealed with a key that is not here; sealed it
-- is longer than its text, whose length the service looks at
alter table amendment alter column reason set data type varchar;
alter table amendment alter column withdrawn_reason set data type varchar;
alter table person_mark alter column comment set data type varchar;

-- what earlier releases have stored plainly is sealed by jobs of the service, which has the key
insert into job (id, kind, subject, actor, arguments, progress, done, total, state, created_at, updated_at)
  select cast('00000000-0000-4000-8020-000000000001' as uuid), 'seal-results', '', 'system', '', '', 0, 0,
    'running', current_timestamp, current_timestamp
  where exists (select 1 from result);
insert into job (id, kind, subject, actor, arguments, progress, done, total, state, created_at, updated_at)
  select cast('00000000-0000-4000-8020-000000000002' as uuid), 'seal-former-markings', '', 'system', '', '', 0, 0,
    'running', current_timestamp, current_timestamp
  where exists (select 1 from former_marking);
insert into job (id, kind, subject, actor, arguments, progress, done, total, state, created_at, updated_at)
  select cast('00000000-0000-4000-8020-000000000003' as uuid), 'seal-remarks', '', 'system', '', '', 0, 0,
    'running', current_timestamp, current_timestamp
  where exists (select 1 from amendment) or exists (select 1 from person_mark);
