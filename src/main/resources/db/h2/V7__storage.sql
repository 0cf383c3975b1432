-- nothing to set on H2; PostgreSQL has its own file of this number
select 1;
