-- quiz: the prepared quiz that one was made from
alter table quiz add column parent_id bigint references quiz (id);
create index quiz_parent on quiz (parent_id);
-- whether it may stand in a list; the quiz of a session never does
alter table quiz add column offered boolean default true not null;

-- attempt: who of the staff has typed in what was answered on paper; absent: the participant answered
alter table attempt add column entered_by varchar(80);

-- attempt: the questions that all of a quiz get, drawn once; absent: each attempt draws
create table fixed_paper (
  quiz_id bigint primary key references quiz (id),
  bank_revision bigint not null,
  usage_version bigint not null,
  seed bigint not null,
  paper varchar not null
);

-- attempt: when the phones of a session were last heard of, for a day
create table heard (
  attempt_id uuid primary key,
  heard_at timestamp(3) with time zone not null
);

-- sitting: branch test sessions
create table sitting (
  id uuid primary key,
  organisation_id bigint not null references organisation (id),
  quiz_id bigint not null unique references quiz (id),
  -- six digits by which one comes in; absent once it has ended, so that they can be given again
  join_code varchar(6) unique,
  host varchar(50) not null,
  place varchar(100) not null,
  state varchar(6) not null check (state in ('open', 'ended')),
  opened_at timestamp(3) with time zone not null,
  closes_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  -- attendance and account as the secretary has confirmed them
  confirmed_at timestamp(3) with time zone,
  confirmed_by varchar(80),
  version int not null,
  actor varchar(80) not null
);
create index sitting_of on sitting (organisation_id, opened_at);

-- sitting: why somebody of the roster did not take part, and who was there without taking part
create table attendance (
  sitting_id uuid not null references sitting (id),
  member_id uuid not null references member (id),
  status varchar(11) not null check (status in ('present', 'leave', 'ill', 'elsewhere', 'not-reached')),
  note varchar(200) not null,
  primary key (sitting_id, member_id)
);

-- sitting: papers that were printed, by the number on the sheet
create table printed_paper (
  sitting_id uuid not null references sitting (id),
  number int not null,
  member_id uuid not null references member (id),
  attempt_id uuid not null unique references attempt (id),
  primary key (sitting_id, number)
);

-- sitting: questions that a supervisor has asked somebody on the spot
create table spot_question (
  id uuid primary key,
  organisation_id bigint not null references organisation (id),
  member_id uuid not null references member (id),
  question_version int not null references question_version (id),
  asked_at timestamp(3) with time zone not null,
  -- absent until it is marked
  is_right boolean,
  version int not null,
  actor varchar(80) not null
);
create index spot_question_of on spot_question (organisation_id, asked_at);

-- sitting: how a branch has answered what it had missed before, when it was asked at an opening
create table opening_answer (
  id uuid primary key,
  organisation_id bigint not null references organisation (id),
  question_id varchar(64) not null,
  asked_at timestamp(3) with time zone not null,
  right_by_most boolean not null,
  actor varchar(80) not null
);
create index opening_answer_of on opening_answer (organisation_id, asked_at);
