-- What an owner says against a flag; one for a result.
create table appeal (
    result_no   integer primary key references result (no),
    text        text    not null,
    appealed_at integer not null
) strict;

-- What an administrator decided. The latest one holds, whatever a later assessment says; all are kept with the result.
create table decision (
    no         integer primary key,
    result_no  integer not null references result (no),
    accepted   integer not null, -- 1: the result counts in spite of its flag
    decided_by text    not null,
    reason     text    not null,
    decided_at integer not null
) strict;
create index decision_of_result on decision (result_no, no);
