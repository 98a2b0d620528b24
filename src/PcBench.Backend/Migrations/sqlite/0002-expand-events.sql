create table event (
    seq          integer primary key autoincrement,
    id           text    not null unique,
    type         text    not null,
    subject      text    not null,
    time         integer not null,
    data         text    not null,
    published_at integer
) strict;
create index event_to_publish on event (seq) where published_at is null;
create index event_published on event (published_at) where published_at is not null;

-- What a consumer has still to handle, and what it could not.
create table delivery (
    consumer text    not null,
    seq      integer not null references event (seq),
    attempts integer not null,
    due_at   integer not null,
    dead_at  integer,
    cause    text,
    primary key (consumer, seq)
) strict, without rowid;
create index delivery_of_event on delivery (seq);
