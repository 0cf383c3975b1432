-- An attempt's row is written once, at the start. What changes while it runs stands in a narrow row of its own (progress), and
-- its result in another, written once at the end: a start inserts, a save updates one narrow row, an end deletes that row and
-- inserts. Nothing wide is ever copied, and the narrow row is where two who write at once meet (its version decides).
-- The references to quiz and participant are gone: each cost a look-up for every row; the group that writes checks them once.

create table attempt_next (
  id uuid not null,
  quiz_id bigint not null,
  participant_id uuid not null,
  number int not null,
  quiz_revision int not null,
  bank_revision bigint not null,
  usage_version bigint,
  seed bigint not null,
  paper varchar not null,
  token_hash bytea not null,
  started_at timestamp(3) with time zone not null,
  deadline timestamp(3) with time zone,
  constraint attempt_key primary key (id),
  constraint attempt_once unique (quiz_id, participant_id, number)
);

insert into attempt_next
select id, quiz_id, participant_id, number, quiz_revision, bank_revision, usage_version, seed, paper, token_hash, started_at, deadline
from attempt;

-- what was answered so far, of running attempts alone; expires_at is deadline and grace, version counts the changes
create table progress_next (
  attempt_id uuid not null,
  expires_at timestamp(3) with time zone,
  version int not null,
  responses varchar not null,
  constraint progress_key primary key (attempt_id)
);

insert into progress_next
select a.id, a.expires_at, 0, coalesce(p.responses, '[]')
from attempt a
left join progress p on p.attempt_id = a.id
where a.state = 'running';

-- how an attempt ended; marks change by a re-mark alone
create table result (
  quiz_id bigint not null,
  attempt_id uuid not null,
  state varchar(9) not null check (state in ('submitted', 'expired')),
  ended_at timestamp(3) with time zone not null,
  elapsed_millis bigint not null,
  responses varchar not null,
  marks varchar not null,
  score numeric(9, 3) not null,
  max_score numeric(9, 3) not null,
  pending int not null,
  passed boolean,
  marking int not null,
  amendments int not null,
  constraint result_key primary key (quiz_id, attempt_id)
);

insert into result
select quiz_id, id, state, ended_at, elapsed_millis, responses, marks, score, max_score, pending, passed, marking, amendments
from attempt
where state <> 'running';

drop table progress;
drop table attempt cascade;
alter table attempt_next rename to attempt;
alter table progress_next rename to progress;

-- running attempts by the moment they expire: what the sweep reads
create index progress_expiry on progress (expires_at);

-- how many of its amendments have reached every ended attempt
alter table quiz add column remarked int default 0 not null;
