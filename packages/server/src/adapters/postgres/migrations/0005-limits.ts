/**
 * Requests by caller, quotas, and failed attempts by person.
 *
 * Counts of requests are not logged: a clean restart keeps them, a crash of the database forgets the last minute, which
 * harms nobody, and no count waits for the disk.
 */
export const limits = {
  number: 5,
  name: 'limits',
  sql: `
create unlogged table facegate.rate_counter (
  number bigint generated always as identity primary key,
  key text not null unique,
  -- How many rows of rate_count are this counter's: counting them each time would cost as much as the limit is high.
  used integer not null,
  -- When the last of them leaves the window.
  lapses_at timestamptz not null
) with (fillfactor = 50);

create unlogged table facegate.rate_count (
  counter bigint not null,
  at timestamptz not null
);
create index rate_count_oldest on facegate.rate_count (counter, at);

-- Counts as many of the "wanted" at a key as are missing to "most" in the "span" up to now. The clock is read once the
-- counter is ours, so that what is counted later is never earlier.
create function facegate.count_some(
  counter_key text, wanted integer, most integer, span interval, moment timestamptz,
  out allowed integer, out remaining integer, out reset_at timestamptz, out wait_seconds integer
) language plpgsql as $$
declare
  held facegate.rate_counter;
  clock timestamptz;
  gone integer := 0;
begin
  loop
    select * into held from facegate.rate_counter where key = counter_key for update;
    exit when found;
    insert into facegate.rate_counter (key, used, lapses_at) values (counter_key, 0, '-infinity')
      on conflict do nothing;
  end loop;
  clock := coalesce(moment, clock_timestamp());

  if held.lapses_at > clock + span + interval '1 second' then
    -- The database's clock was put back: what it counted before says nothing about now.
    delete from facegate.rate_count where rate_count.counter = held.number;
    gone := held.used;
  elsif held.used > 0 then
    delete from facegate.rate_count
      where rate_count.counter = held.number and at <= clock - span;
    get diagnostics gone = row_count;
  end if;
  held.used := held.used - gone;

  allowed := least(wanted, greatest(most - held.used, 0));
  if allowed > 0 then
    insert into facegate.rate_count (counter, at) select held.number, clock from generate_series(1, allowed);
    held.used := held.used + allowed;
    held.lapses_at := clock + span;
  end if;
  if allowed > 0 or gone > 0 then
    update facegate.rate_counter set used = held.used, lapses_at = held.lapses_at
      where number = held.number;
  end if;

  remaining := greatest(most - held.used, 0);
  reset_at := held.lapses_at;
  wait_seconds := 0;
  if remaining = 0 then
    select ceil(extract(epoch from at + span - clock)) into wait_seconds
      from facegate.rate_count where rate_count.counter = held.number
      order by at offset held.used - most limit 1;
  end if;
end
$$;

-- Takes the last counts at a key back.
create function facegate.uncount_some(counter_key text, unwanted integer) returns void language plpgsql as $$
declare
  held bigint;
  gone integer;
begin
  select number into held from facegate.rate_counter where key = counter_key for update;
  delete from facegate.rate_count where ctid in (
    select ctid from facegate.rate_count where counter = held order by at desc limit unwanted);
  get diagnostics gone = row_count;
  update facegate.rate_counter set used = used - gone where number = held;
end
$$;

create table facegate.quota_use (
  account text not null,
  quota text not null,
  used integer not null,
  primary key (account, quota)
);

create table facegate.attempt (
  -- SHA-256 of space and subject: ids of callers may be long, and may tell who somebody is.
  subject bytea primary key,
  -- In a row. Attempts that have begun count until they succeed.
  failures integer not null,
  at timestamptz not null
);
create index attempt_at on facegate.attempt (at);
`,
} as const;
