-- One row for each result that counts, with two columns for each board, in place of one row for each of its values.
-- The boards' columns, and what board_value held, come after this step, with the boards.
create table standing (
    result_no   integer primary key references result (no),
    cpu_no      integer not null references cpu (no),
    vendor      text    not null,
    cores       integer not null,
    os          integer not null,
    virtual     integer not null,
    measured_at integer not null
) strict;
insert into standing (result_no, cpu_no, vendor, cores, os, virtual, measured_at)
    select no, cpu_no, vendor, cores, os, virtual, measured_at from result where counts = 1;
create index standing_of_cpu on standing (cpu_no, result_no);
drop index result_that_counts;
alter table result drop column counts;

-- An interval is from value ÷ factor to value × factor.
alter table result add column headline_factor real not null default 1;
update result set headline_factor = headline_high / headline_value;
alter table result drop column headline_low;
alter table result drop column headline_high;

-- A verdict changes no row of result.
create table verdict (
    result_no integer primary key references result (no),
    cpu_no    integer not null,
    threads   integer not null,
    fit       integer not null, -- 0 not enough data, 1 fits, 2 unusual, 3 flagged
    peers     integer not null,
    body      text    not null
) strict;
insert into verdict (result_no, cpu_no, threads, fit, peers, body)
    select r.no, r.cpu_no, r.threads, r.fit, a.peers, a.body from assessment a join result r on r.no = a.result_no where r.fit is not null;
drop table assessment;
drop index result_to_reassess;
alter table result drop column fit;
alter table verdict rename to assessment;
create index assessment_to_repeat on assessment (cpu_no, threads, result_no) where fit = 0;

alter table event add column trace text;
