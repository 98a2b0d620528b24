-- Results of other programs. They are a tier of their own: nothing of them is in result, standing or the ranks.
create table import (
    no           integer primary key,
    id           text    not null unique, -- chosen by its owner
    owner_key    blob    not null,
    visibility   integer not null,        -- 0 private, 1 unlisted, 2 public
    format       integer not null,        -- 0 geekbench6, 1 passmark, 2 phoronix, 3 csv, 4 pcbench
    imported_at  integer not null,
    completed_at integer,                 -- null while it comes in: nobody sees it before
    results      integer not null
) strict;
create index import_unfinished on import (imported_at) where completed_at is null;

create table imported_result (
    no          integer primary key,
    import_no   integer not null references import (no),
    fingerprint blob    not null unique, -- of owner and content: what an owner imports twice is there once
    cpu_id      text,                    -- null where the source names no processor
    cpu_name    text,
    body        text    not null         -- JSON
) strict;
create index imported_result_of_import on imported_result (import_no, no);
create index imported_result_of_cpu on imported_result (cpu_id, no desc);
