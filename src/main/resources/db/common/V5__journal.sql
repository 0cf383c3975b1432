-- Up to which group of the journal beside an embedded H2 this database holds; one row. Unused on PostgreSQL.
create table journal_position (
  id int primary key check (id = 1),
  journal uuid not null,
  sequence bigint not null
);
