{# The three tables of the bookkeeping, made once; the lock keeps two starts from racing. #}
{% macro create_bookkeeping() -%}
    {{ return(adapter.dispatch('create_bookkeeping', 'countinghouse')()) }}
{%- endmacro %}

{% macro postgres__create_bookkeeping() %}
    select pg_advisory_xact_lock(hashtext('countinghouse.bookkeeping'));
    create schema if not exists bookkeeping;
    create table if not exists bookkeeping.produced (
        batch bigint generated always as identity primary key,
        model text not null,
        is_full boolean not null,
        is_tested boolean not null default false,
        is_forgotten boolean not null default false,
        definition text,
        produced_in text not null,
        produced_at timestamptz not null default now()
    );
    do $upgrade$ begin
        -- asked first: an ALTER would wait for every model that another run is building
        if not exists (
            select 1 from information_schema.columns
            where table_schema = 'bookkeeping' and table_name = 'produced' and column_name = 'definition'
        ) then
            alter table bookkeeping.produced add column if not exists is_forgotten boolean not null default false;
            alter table bookkeeping.produced add column definition text;
        end if;
    end $upgrade$;
    create index if not exists produced_model on bookkeeping.produced (model, batch);
    create index if not exists produced_untested on bookkeeping.produced (batch) where not is_tested;
    create table if not exists bookkeeping.consumed (
        model text not null,
        producer text not null,
        batch text not null,
        consumed_in bigint not null,
        primary key (model, producer, batch)
    );
    create index if not exists consumed_in on bookkeeping.consumed (consumed_in);
    create table if not exists bookkeeping.touched (
        batch bigint not null,
        grain text not null,
        key text not null,
        day date
    );
    create index if not exists touched_batch on bookkeeping.touched (batch, grain);
    {{ create_json_reader() }}
{% endmacro %}

{# Drops old keys; a model that has not read their batches yet reads everything. `is_full` stays as it was: it also
   says which batches of a reader are news of their own, and an old daily batch is none. #}
{% macro forget_old_touched() -%}
    {{ return(adapter.dispatch('forget_old_touched', 'countinghouse')()) }}
{%- endmacro %}

{% macro postgres__forget_old_touched() %}
    with old as (
        update bookkeeping.produced
        set is_forgotten = true
        where produced_at < now() - interval '{{ var("touched_retention_days") | int }} days' and not is_forgotten
        returning batch
    )
    delete from bookkeeping.touched using old where touched.batch = old.batch;
{% endmacro %}
