-- the attempts of one participant at whatever quizzes: what the front page shows
create index attempt_participant on attempt (participant_id);
