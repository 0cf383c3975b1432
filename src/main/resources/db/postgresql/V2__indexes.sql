-- running attempts by the moment they expire: what the sweep reads
create index attempt_expiry on attempt (expires_at) where expires_at is not null;
-- ended attempts that a later amendment has still to reach
create index attempt_amendments on attempt (quiz_id, amendments) where state <> 'running';
-- the attempts of a quiz, page by page
create index attempt_quiz on attempt (quiz_id, id);
-- standings in their order
create index standing_order on standing (leaderboard_id, score desc, elapsed_millis, reached_at);
-- rows that change in place find room on their page
alter table attempt set (fillfactor = 70);
alter table progress set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);
