-- Numbers that stand for board names: 25 values a result, so a name in each row would be half of the file.
create table board (
    no   integer primary key,
    name text not null unique
) strict;

-- CPU models. name, vendor and microarchitecture are those of the first result that counted: nothing private shows.
create table cpu (
    no                integer primary key,
    id                text not null unique,
    name              text not null,
    vendor            text not null,
    microarchitecture text,
    results           integer not null -- results that count; kept in the transaction that changes them
) strict;
create index cpu_by_results on cpu (results desc, id) where results > 0;

create table mainboard (
    no   integer primary key,
    name text not null unique
) strict;

-- Words of the names above, for search: kind 0 is a cpu, 1 a mainboard.
create table term (
    kind integer not null,
    word text    not null,
    no   integer not null,
    primary key (kind, word, no)
) strict, without rowid;

create table result (
    no             integer primary key,
    id             text    not null unique,
    owner_key      blob    not null,
    measurement    blob    not null unique, -- of the samples alone: a copy under another key is refused
    visibility     integer not null,        -- 0 private, 1 unlisted, 2 public
    fit            integer,                 -- 0 not enough data, 1 fits, 2 unusual, 3 flagged; null until assessed
    counts         integer not null,        -- public and not flagged: only then it has rows in board_value
    submitted_at   integer not null,
    measured_at    integer not null,
    cpu_no         integer not null references cpu (no),
    cpu_name       text    not null,
    vendor         text    not null,
    microarchitecture text,
    cores          integer not null,
    threads        integer not null,
    memory_mib     integer not null,
    os             integer not null,
    virtual        integer not null,
    mainboard_no   integer references mainboard (no),
    headline_board integer not null references board (no), -- the first board it has a value on: what lists show
    headline_value real    not null,
    headline_low   real    not null,
    headline_high  real    not null
) strict;
create index result_of_cpu on result (cpu_no, no desc) where visibility = 2;
create index result_that_counts on result (cpu_no, no desc) where counts = 1;
create index result_of_mainboard on result (mainboard_no, no desc) where visibility = 2;
create index result_to_reassess on result (cpu_no, no) where fit = 0;

-- The values of the results that count, and only of those: what is private cannot leak from here.
create table board_value (
    result_no   integer not null references result (no),
    board_no    integer not null references board (no),
    value       real    not null,
    low         real    not null,
    high        real    not null,
    vendor      text    not null,
    cpu_no      integer not null,
    cores       integer not null,
    os          integer not null,
    virtual     integer not null,
    measured_at integer not null,
    primary key (result_no, board_no)
) strict, without rowid;
create index board_value_by_value on board_value (board_no, value, result_no, cores, os, virtual, measured_at);
create index board_value_by_vendor on board_value (board_no, vendor, value, result_no);
create index board_value_by_cpu on board_value (board_no, cpu_no, value, result_no);

-- Documents until they are in the object store, compressed with gzip.
create table result_document (
    result_no integer primary key references result (no),
    body      blob not null
) strict;

create table assessment (
    result_no integer primary key references result (no),
    peers     integer not null, -- results there were to compare it with
    body      text not null
) strict;

-- What was deleted: enough to refuse it when it comes again, and nothing more.
create table tombstone (
    id          text primary key,
    measurement blob not null unique
) strict, without rowid;
