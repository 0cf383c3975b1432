-- db: what only one node should do at a time, and who does it until when, by the database's clock
create table lease (
  name varchar(32) primary key,
  node uuid not null,
  until timestamp(3) with time zone not null
);
