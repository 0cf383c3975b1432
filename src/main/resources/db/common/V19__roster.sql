-- participant: who is a member is who has the identity of one
alter table participant drop column kind;

-- quiz: who should take part, from when on that is frozen
create table roster (
  quiz_id bigint primary key references quiz (id),
  opens_at timestamp(3) with time zone not null,
  -- the job that freezes it; absent until it has opened
  job_id uuid,
  frozen_at timestamp(3) with time zone
);
create index roster_opens on roster (opens_at);

-- quiz: those who should, from when until when, with where they were and in what state; who is added or taken out later has
-- a reason
create table roster_member (
  quiz_id bigint not null references quiz (id),
  member_id uuid not null references member (id),
  added_at timestamp(3) with time zone not null,
  organisation_id bigint not null references organisation (id),
  state varchar(11) not null
    check (state in ('enrolled', 'floating', 'lost', 'transferred', 'left', 'deceased')),
  added_by varchar(80) not null,
  added_reason varchar(500) not null,
  removed_at timestamp(3) with time zone,
  removed_by varchar(80),
  removed_reason varchar(500),
  primary key (quiz_id, member_id, added_at)
);
create index roster_member_in on roster_member (quiz_id, organisation_id);
create index roster_member_of on roster_member (member_id);
