-- bank: what the folder held when a revision was loaded; where it still holds the same, a start need
-- not read its files again
alter table bank_revision add column fingerprint varchar(64);
