-- running attempts by the moment they expire: what the sweep reads
create index attempt_expiry on attempt (expires_at);
-- ended attempts that a later amendment has still to reach
create index attempt_amendments on attempt (quiz_id, amendments);
-- the attempts of a quiz, page by page
create index attempt_quiz on attempt (quiz_id, id);
-- standings in their order
create index standing_order on standing (leaderboard_id, score desc, elapsed_millis, reached_at);
