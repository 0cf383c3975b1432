-- questionnaire: what is asked without keys; open from opened_at until closes_at, settled at closed_at
create table questionnaire (
  id uuid primary key,
  organisation_id bigint not null references organisation (id),
  title varchar(100) not null,
  purpose varchar(1000) not null,
  anonymous boolean not null,
  -- whether everybody proves by the last digits of the phone who it is
  asks_digits boolean not null,
  questions varchar not null,
  opened_at timestamp(3) with time zone,
  closes_at timestamp(3) with time zone,
  closed_at timestamp(3) with time zone,
  -- sheets given out at the opening, and come back by the closing
  given int not null,
  returned int not null,
  version int not null,
  actor varchar(80) not null
);
create index questionnaire_of on questionnaire (organisation_id, id);
create index questionnaire_due on questionnaire (closed_at, closes_at);

-- questionnaire: who has been given a sheet; of an anonymous one a row is deleted when a sheet comes back, and all are when it closes
create table questionnaire_given (
  questionnaire_id uuid not null references questionnaire (id),
  member_id uuid not null references member (id),
  organisation_id bigint not null references organisation (id),
  -- whether another there has the name
  shares_name boolean not null,
  primary key (questionnaire_id, member_id)
);
create index questionnaire_given_to on questionnaire_given (member_id);

-- questionnaire: sheets that came back with a name; without member where the name was taken off again
create table questionnaire_sheet (
  id uuid primary key,
  questionnaire_id uuid not null references questionnaire (id),
  member_id uuid references member (id),
  organisation_id bigint not null references organisation (id),
  -- by which browser it was handed in, so that the same one corrects it
  token_hash bytea,
  handed_in_at timestamp(3) with time zone not null,
  constraint questionnaire_sheet_once unique (questionnaire_id, member_id)
);
create index questionnaire_sheet_of on questionnaire_sheet (member_id);

-- questionnaire: one answer a row; of an anonymous one nothing says which of them are of one sheet
create table questionnaire_answer (
  id uuid primary key,
  questionnaire_id uuid not null references questionnaire (id),
  sheet_id uuid references questionnaire_sheet (id),
  question int not null,
  -- the number of a choice, or a place on a scale
  choice int,
  text varchar(1000),
  -- whether it was put among all others of its questionnaire in an order of chance
  mixed boolean not null
);
create index questionnaire_answer_to on questionnaire_answer (questionnaire_id, question);
create index questionnaire_answer_of on questionnaire_answer (sheet_id);
