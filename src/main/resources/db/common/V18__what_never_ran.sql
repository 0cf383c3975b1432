-- Four migrations of earlier releases had a file for each kind of database, and no service ever ran them: the folder's name
-- was not filled in. What they did for data is done here; what they set on PostgreSQL, db.PostgresStorage sets.

-- ranks compare shares of the maximum: where a question was taken out of it, everything is marked again; so are quizzes whose
-- amendments an early release had not finished applying
update result set amendments = 0
  where quiz_id in (select quiz_id from amendment where content like '%"fullPoints":false%');
insert into job (id, kind, subject, actor, arguments, progress, done, total, state, created_at, updated_at)
  select cast('00000000-0000-4000-8000-' || lpad(cast(id as varchar), 12, '0') as uuid), 'remark', code, 'system', '', '', 0, 0,
    'running', current_timestamp, current_timestamp
  from quiz
  where amendments > remarked or id in (select quiz_id from amendment where content like '%"fullPoints":false%');
alter table quiz drop column remarked;
