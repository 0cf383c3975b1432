-- db: what was known as a lane is a sequence of commits
alter table lane rename to commit_sequence;
alter table standing_change rename column lane to sequence;

-- H2 keeps no journal beside its file any more
drop table journal_position;

-- who did what staff does; what was done before this release does not say
alter table quiz_revision add column actor varchar(80) default 'unrecorded' not null;
alter table amendment add column actor varchar(80) default 'unrecorded' not null;
alter table extension add column actor varchar(80) default 'unrecorded' not null;
alter table person_mark add column actor varchar(80) default 'unrecorded' not null;
alter table bank_revision add column actor varchar(80) default 'unrecorded' not null;

-- db: work over many rows, done in steps
create table job (
  id uuid primary key,
  kind varchar(32) not null,
  subject varchar(64) not null,
  actor varchar(80) not null,
  arguments varchar not null,
  progress varchar not null,
  done int not null,
  total int not null,
  state varchar(8) not null check (state in ('running', 'done', 'failed')),
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null
);
create index job_state on job (state, created_at);

-- attempt: markings that later ones replaced, numbered through; an attempt that was reopened begins to count its markings anew
alter table former_marking rename to former_marking_before;
create table former_marking (
  attempt_id uuid not null,
  number int not null,
  amendments int not null,
  marks varchar not null,
  score numeric(9, 3) not null,
  max_score numeric(9, 3) not null,
  passed boolean,
  replaced_at timestamp(3) with time zone not null,
  constraint former_marking_key primary key (attempt_id, number)
);
insert into former_marking (attempt_id, number, amendments, marks, score, max_score, passed, replaced_at)
  select attempt_id, marking, amendments, marks, score, max_score, passed, replaced_at from former_marking_before;
drop table former_marking_before;

-- leaderboard: a board is owned by a quiz or by something else
alter table leaderboard add column owner varchar(16) default 'quiz' not null;
alter table leaderboard add column owner_id bigint;
update leaderboard set owner_id = quiz_id;
alter table leaderboard alter column owner_id set not null;
alter table leaderboard drop column quiz_id;
alter table leaderboard add constraint leaderboard_owner unique (owner, owner_id);

-- quiz: how often its attempts were given time, counted beside how much
alter table quiz add column extensions int default 0 not null;
update quiz set extensions = (select count(*) from extension where extension.quiz_id = quiz.id);
