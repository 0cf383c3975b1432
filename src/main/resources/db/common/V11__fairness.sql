-- attempt: by what name and from which branch it was taken; a start elsewhere does not change that
alter table attempt add column name varchar(50) default '' not null;
alter table attempt add column organisation_id bigint;
alter table attempt add column branch varchar(100);
update attempt set
  name = coalesce((select p.name from participant p where p.id = attempt.participant_id), ''),
  organisation_id = (select p.organisation_id from participant p where p.id = attempt.participant_id),
  branch = (select p.branch from participant p where p.id = attempt.participant_id);
-- set aside by staff: stays on record, uses up no try and counts for nothing
alter table attempt add column annulled boolean default false not null;

-- leaderboard: the name of the attempt that counts
alter table standing add column name varchar(50) default '' not null;
update standing set name = coalesce((select p.name from participant p where p.id = standing.participant_id), '');

-- remark: what name and branch of an attempt were before somebody corrected them
create table correction (
  attempt_id uuid not null,
  number int not null,
  name varchar(50) not null,
  organisation_id bigint,
  branch varchar(100),
  reason varchar(500) not null,
  actor varchar(80) not null,
  created_at timestamp(3) with time zone not null,
  constraint correction_key primary key (attempt_id, number)
);

-- remark: attempts set aside
create table annulment (
  attempt_id uuid primary key,
  reason varchar(500) not null,
  actor varchar(80) not null,
  created_at timestamp(3) with time zone not null
);

-- remark: an amendment that was taken back stays on record
alter table amendment add column withdrawn_reason varchar(500);
alter table amendment add column withdrawn_actor varchar(80);
alter table amendment add column withdrawn_at timestamp(3) with time zone;

-- remark: of which text a person's mark is, by its digest; it holds as long as the text is the same
alter table person_mark add column text_digest varchar(64);

-- org: counts the imports, so that other nodes notice one
create table organisation_list (
  id int primary key check (id = 1),
  version bigint not null
);
insert into organisation_list (id, version) values (1, 0);
