-- A board's index answers for a row without the table only once a vacuum has seen the row. Of rows that only come, that is by default when a fifth is new.
alter table standing_sorted set (autovacuum_vacuum_insert_scale_factor = 0.02);
