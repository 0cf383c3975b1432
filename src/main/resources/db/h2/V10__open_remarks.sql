-- marking again that was under way goes on as a job
insert into job (id, kind, subject, actor, arguments, progress, done, total, state, created_at, updated_at)
  select random_uuid(), 'remark', code, 'system', '', '', 0, 0, 'running', current_timestamp, current_timestamp
  from quiz where amendments > remarked;
alter table quiz drop column remarked;
