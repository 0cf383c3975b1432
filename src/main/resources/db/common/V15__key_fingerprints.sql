-- access: the keys that this database is used with, as fingerprints from which no key can be found; null
-- where there must be a key that was never seen
create table key_fingerprint (
  name varchar(32) primary key,
  fingerprint varchar(64)
);
-- who has quizzes has had an editor, and who has attempts a key of participants
insert into key_fingerprint (name) select 'editor-token-sha256' where exists (select 1 from quiz);
insert into key_fingerprint (name) select 'participant-key' where exists (select 1 from attempt);
