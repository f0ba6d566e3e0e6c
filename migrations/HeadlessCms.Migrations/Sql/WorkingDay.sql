-- The one clock runs on within a transaction: what a command did is what its answer reads.
create or replace function cms_now() returns timestamptz
  language sql stable parallel safe
  return coalesce(nullif(current_setting('cms.now', true), '')::timestamptz, statement_timestamp());

-- No publication begins before its revision's embargo ends, and none is live while its article is in the trash or withdrawn, however it is
-- asked for.
drop trigger publications_keep_embargoes on publications;
drop function refuse_embargoed();
create function guard_publications() returns trigger language plpgsql as $$
declare
  broken text;
begin
  if new.live_until is not distinct from new.live_from then return new; end if;
  if exists (select from revisions r where r.article_id = new.article_id and r.number = new.revision and r.embargo_until > new.live_from) then
    broken := 'ck_publications_embargo';
  elsif exists (select from articles a where a.id = new.article_id and (new.live_until is null or new.live_until > a.trashed_at)
                and a.trashed_at is not null) then
    broken := 'ck_publications_trashed';
  elsif exists (select from withdrawals w where w.article_id = new.article_id and w.lifted_at is null
                and (new.live_until is null or new.live_until > w.withdrawn_at)) then
    broken := 'ck_publications_withdrawn';
  end if;
  if broken is not null then
    raise exception 'the article may not be live then' using errcode = 'check_violation', constraint = broken;
  end if;
  return new;
end $$;
create trigger publications_are_guarded before insert or update on publications for each row execute function guard_publications();

update publications set planned_until = live_until;

-- Nobody rewrites what was done.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger audit_is_append_only before update or delete on audit_entries for each row execute function refuse_change();
create trigger audit_is_not_emptied before truncate on audit_entries for each statement execute function refuse_change();

-- A secret that every node shares: 244 random bits, as PostgreSQL's own generator makes them.
insert into signing_keys (purpose, secret)
values ('previews', sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea));

-- What a revision names may change in one way: a concept that was merged gives way to the one that it was merged into.
drop trigger revisions_are_immutable on revisions;
create trigger revisions_are_immutable
  before update of article_id, number, slug, headline, standfirst, body_format, body_source, body_html, word_count, language, genre, byline,
                   dateline_source, lead_image, embargo_until, external_id, note, saved_at, saved_by
  on revisions for each row execute function refuse_update();
create trigger authorships_are_immutable before update of article_id, revision, position on authorships
  for each row execute function refuse_update();
create function refuse_all_but_merges() returns trigger language plpgsql as $$
declare
  before uuid := to_jsonb(old) ->> tg_argv[0];
  after uuid := to_jsonb(new) ->> tg_argv[0];
begin
  if before is distinct from after and not exists (select from concepts c where c.id = before and c.merged_into_id = after) then
    raise exception 'rows of % are immutable', tg_table_name using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger mentions_follow_merges_alone before update of concept_id on mentions
  for each row execute function refuse_all_but_merges('concept_id');
create trigger authorships_follow_merges_alone before update of person_id on authorships
  for each row execute function refuse_all_but_merges('person_id');
create trigger datelines_follow_merges_alone before update of dateline_place_id on revisions
  for each row execute function refuse_all_but_merges('dateline_place_id');

-- Lets revisions name what the concepts that they name were merged into. Where one names both, the closer relation stays.
create function follow_merges(of_articles uuid[], of_revisions int[]) returns void language plpgsql as $$
begin
  with named as (
    select m.article_id, m.revision, m.concept_id,
           row_number() over (partition by m.article_id, m.revision, coalesce(c.merged_into_id, c.id)
                              order by m.relation = 'about' desc, c.merged_into_id is null desc, m.position) as rank
    from unnest(of_articles, of_revisions) as r (article_id, revision)
    join mentions m on m.article_id = r.article_id and m.revision = r.revision
    join concepts c on c.id = m.concept_id)
  delete from mentions m using named n
  where n.rank > 1 and m.article_id = n.article_id and m.revision = n.revision and m.concept_id = n.concept_id;
  update mentions m set concept_id = c.merged_into_id
  from unnest(of_articles, of_revisions) as r (article_id, revision), concepts c
  where m.article_id = r.article_id and m.revision = r.revision and c.id = m.concept_id and c.merged_into_id is not null;

  with named as (
    select x.article_id, x.revision, x.person_id,
           row_number() over (partition by x.article_id, x.revision, coalesce(c.merged_into_id, c.id) order by x.position) as rank
    from unnest(of_articles, of_revisions) as r (article_id, revision)
    join authorships x on x.article_id = r.article_id and x.revision = r.revision
    join concepts c on c.id = x.person_id)
  delete from authorships x using named n
  where n.rank > 1 and x.article_id = n.article_id and x.revision = n.revision and x.person_id = n.person_id;
  update authorships x set person_id = c.merged_into_id
  from unnest(of_articles, of_revisions) as r (article_id, revision), concepts c
  where x.article_id = r.article_id and x.revision = r.revision and c.id = x.person_id and c.merged_into_id is not null;

  update revisions v set dateline_place_id = c.merged_into_id
  from unnest(of_articles, of_revisions) as r (article_id, revision), concepts c
  where v.article_id = r.article_id and v.number = r.revision and c.id = v.dateline_place_id and c.merged_into_id is not null;
end $$;

-- Nothing new names a concept that was merged. After the insert, because the foreign key's check has by then waited for a merge that was
-- going on.
create function refuse_merged() returns trigger language plpgsql as $$
begin
  if exists (select from concepts c where c.id = (to_jsonb(new) ->> tg_argv[0])::uuid and c.merged_into_id is not null) then
    raise exception 'the concept was merged' using errcode = 'restrict_violation', constraint = 'ck_concepts_merged_meanwhile';
  end if;
  return null;
end $$;
create trigger mentions_name_no_merged after insert on mentions for each row execute function refuse_merged('concept_id');
create trigger authorships_name_no_merged after insert on authorships for each row execute function refuse_merged('person_id');
create trigger datelines_name_no_merged after insert on revisions for each row when (new.dateline_place_id is not null)
  execute function refuse_merged('dateline_place_id');

-- Which revision names which concept, in whatever way.
create view concept_uses as
select m.concept_id, m.article_id, m.revision from mentions m
union
select x.person_id, x.article_id, x.revision from authorships x
union
select r.dateline_place_id, r.article_id, r.number from revisions r where r.dateline_place_id is not null;

create or replace view working_copies as
select
  r.*, a.created_at, a.created_by, live.revision as live_revision,
  case
    when a.trashed_at is not null then 'trashed'
    when exists (select from withdrawals w where w.article_id = a.id and w.lifted_at is null) then 'withdrawn'
    when live.revision is not null then 'live'
    when exists (select from publications p where p.article_id = a.id and p.live_from > cms_now() and p.live_until is distinct from p.live_from)
      then 'scheduled'
    when exists (select from publications p where p.article_id = a.id and p.live_until is distinct from p.live_from) then 'expired'
    else 'draft'
  end as status,
  (select jsonb_build_object('at', to_char(b.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'event', b.event, 'revision', b.revision)
   from (
     select p.live_from as at, 'goesLive' as event, p.revision
     from publications p
     where p.article_id = a.id and p.live_from > cms_now() and p.live_until is distinct from p.live_from
     union all
     select p.live_until, 'expires', p.revision
     from publications p
     where p.article_id = a.id and p.live_until > cms_now() and p.live_until > p.live_from
   ) b
   order by b.at, b.event desc limit 1) as next
from articles a
join revision_contents r on r.id = a.id and r.revision = a.revision_number
left join publications live
  on live.article_id = a.id and live.live_from <= cms_now() and (live.live_until is null or live.live_until > cms_now());

create or replace view live.articles as
select
  r.id, r.revision, p.slug, r.headline, r.standfirst, r.body_html, r.word_count, r.language, r.genre, r.byline,
  r.dateline_source, r.dateline_place, r.lead_image, r.authors, r.people, r.places, r.topics, p.published_at, p.updated_at,
  (select coalesce(jsonb_agg(jsonb_build_object(
             'kind', n.correction_kind, 'text', n.correction_text,
             'at', to_char(n.live_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by n.live_from desc), '[]')
   from public.publications n
   where n.article_id = p.article_id and n.correction_kind is not null and n.live_from <= cms_now()
     and n.live_until is distinct from n.live_from) as corrections
from live.publications p
join public.revision_contents r on r.id = p.article_id and r.revision = p.revision;

create or replace view live.visible_concepts as
select c.*
from public.concepts c
where c.merged_into_id is null
  and (c.public_from <= cms_now()
    or exists (
      select from public.mentions m
      join public.publications p on p.article_id = m.article_id and p.revision = m.revision
      where m.concept_id = c.id and p.live_from <= cms_now() and p.live_until is distinct from p.live_from)
    or c.kind = 'person' and exists (
      select from public.authorships x
      join public.publications p on p.article_id = x.article_id and p.revision = x.revision
      where x.person_id = c.id and p.live_from <= cms_now() and p.live_until is distinct from p.live_from)
    or c.kind = 'place' and exists (
      select from public.revisions r
      join public.publications p on p.article_id = r.article_id and p.revision = r.number
      where r.dateline_place_id = c.id and p.live_from <= cms_now() and p.live_until is distinct from p.live_from));

-- What a merged concept leads to, where readers may see that.
create view live.concept_merges as
select c.id, c.merged_into_id
from public.concepts c
join live.visible_concepts into_one on into_one.id = c.merged_into_id;

-- What was live and is withdrawn, under each name that readers knew it by and that nobody took since.
create view live.withdrawals as
select w.article_id, s.slug, w.reason
from public.withdrawals w
join public.article_slugs s on s.article_id = w.article_id
where w.withdrawn_at <= cms_now() and (w.lifted_at is null or w.lifted_at > cms_now())
  and exists (
    select from public.publications was
    where was.article_id = w.article_id and was.slug = s.slug and was.live_from <= cms_now() and was.live_until is distinct from was.live_from);

do $$
begin
  if exists (select from pg_roles where rolname = 'cms_live') then
    grant select on live.concept_merges, live.withdrawals to cms_live;
  end if;
end $$;

-- What a desk looks at: the first ten of each section, and how many there are.
create view desk as
select 'drafts' as section, d.id as article_id, d.place,
       (select count(*) from articles a
        where a.trashed_at is null
          and not exists (select from publications p where p.article_id = a.id and p.live_until is distinct from p.live_from))::int as total
from (
  select a.id, row_number() over (order by a.saved_at desc, a.id desc) as place
  from articles a
  where a.trashed_at is null
    and not exists (select from publications p where p.article_id = a.id and p.live_until is distinct from p.live_from)
  order by a.saved_at desc, a.id desc limit 10) d
union all
select 'scheduled', p.article_id, p.place,
       (select count(distinct n.article_id) from publications n where n.live_from > cms_now() and n.live_until is distinct from n.live_from)::int
from (
  select n.article_id, row_number() over (order by min(n.live_from), n.article_id) as place
  from publications n
  where n.live_from > cms_now() and n.live_until is distinct from n.live_from
  group by n.article_id order by min(n.live_from), n.article_id limit 10) p
union all
select 'live', p.article_id, p.place,
       (select count(*) from publications n where n.live_from <= cms_now() and (n.live_until is null or n.live_until > cms_now()))::int
from (
  select n.article_id, row_number() over (order by n.live_from desc, n.article_id desc) as place
  from publications n
  where n.live_from <= cms_now() and (n.live_until is null or n.live_until > cms_now())
  order by n.live_from desc, n.article_id desc limit 10) p
union all
select 'expiring', p.article_id, p.place, p.total::int
from (
  select n.article_id, row_number() over (order by n.live_until, n.article_id) as place, count(*) over () as total
  from publications n
  where n.live_from <= cms_now() and n.live_until > cms_now() and n.live_until <= cms_now() + interval '7 days'
    and not exists (select from publications s where s.article_id = n.article_id and s.live_from = n.live_until and s.live_until is distinct from s.live_from)) p
where p.place <= 10
union all
select 'withdrawn', w.article_id, w.place, w.total::int
from (
  select w.article_id, row_number() over (order by w.withdrawn_at desc, w.article_id) as place, count(*) over () as total
  from withdrawals w join articles a on a.id = w.article_id
  where w.lifted_at is null and a.trashed_at is null) w
where w.place <= 10;

-- How many articles name a concept in their working copy, and how many in what is live.
create view concept_usage as
select u.concept_id, count(distinct a.id)::int as articles, count(distinct p.article_id)::int as live
from concept_uses u
left join articles a on a.id = u.article_id and a.revision_number = u.revision and a.trashed_at is null
left join publications p
  on p.article_id = u.article_id and p.revision = u.revision and p.live_from <= cms_now() and (p.live_until is null or p.live_until > cms_now())
where a.id is not null or p.article_id is not null
group by u.concept_id;
