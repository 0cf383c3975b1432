-- a job that extends is of another kind now; what is left of one has to be ordered again
update job set state = 'failed' where kind = 'extension' and state = 'running';
-- an extension moves the close itself, so what it added is not counted beside it any more
alter table quiz drop column extended_minutes;
-- why a quiz was closed earlier
alter table quiz_revision add column reason varchar(500);
-- how often a person has marked a text, so that two who mark do not overwrite each other unseen
alter table person_mark add column version int default 1 not null;
