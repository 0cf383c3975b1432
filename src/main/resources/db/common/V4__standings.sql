-- Leaderboards are read from an index in memory, so standings need no order of their own. Nor do they keep foreign keys:
-- each costs every row a look-up, and what stores a standing has read its quiz and locked its participant in the same
-- transaction; neither is ever deleted. Made anew, since what H2 called the keys is not known.
create table standing_kept (
  leaderboard_id bigint not null,
  participant_id uuid not null,
  organisation_id bigint,
  branch varchar(100),
  score numeric(9, 3) not null,
  elapsed_millis bigint not null,
  reached_at timestamp(3) with time zone not null,
  constraint standing_key primary key (leaderboard_id, participant_id)
);
insert into standing_kept (leaderboard_id, participant_id, organisation_id, branch, score, elapsed_millis, reached_at)
  select leaderboard_id, participant_id, organisation_id, branch, score, elapsed_millis, reached_at from standing;
drop table standing;
alter table standing_kept rename to standing;

-- db: writers whose transactions become visible one after the other; 0 is shared by all that have none of their own, and
-- counts here
create table lane (
  id bigint primary key,
  number bigint not null,
  used_at timestamp(3) with time zone not null
);
insert into lane (id, number, used_at) values (0, 0, timestamp with time zone '2026-01-01 00:00:00+00');

-- leaderboard: whose standings a transaction has changed, for the indexes to follow; kept for some minutes
create table standing_change (
  lane bigint not null,
  number bigint not null,
  leaderboard_id bigint not null,
  participants uuid array not null,
  changed_at timestamp(3) with time zone not null,
  primary key (lane, number)
);
create index standing_change_age on standing_change (changed_at);
