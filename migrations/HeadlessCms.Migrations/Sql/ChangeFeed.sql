-- The log tells already of what came before it told of the clock's doings.
update publications set start_logged = live_from <= now(), end_logged = coalesce(live_until <= now(), false);

-- The concepts that readers were told of, and from which change on.
create table shown_concepts (
  concept_id uuid primary key,
  since bigint not null
);
insert into shown_concepts (concept_id, since)
select c.id, coalesce((select max(position) from changes), 0) from live.visible_concepts c;

-- What goes live brings its concepts along, and the log says so once.
create function show_concepts() returns trigger language plpgsql as $$
begin
  if new.article_id is not null then
    insert into changes (type, at, concept_id, concept_kind)
    select 'conceptSaved', new.at, c.id, c.kind
    from concept_uses u join concepts c on c.id = u.concept_id
    where u.article_id = new.article_id and u.revision = new.revision
      and not exists (select from shown_concepts s where s.concept_id = c.id)
    order by c.id;
    insert into shown_concepts (concept_id, since)
    select u.concept_id, new.position from concept_uses u where u.article_id = new.article_id and u.revision = new.revision
    on conflict do nothing;
  else
    insert into shown_concepts (concept_id, since)
    select c.id, new.position from concepts c where c.id = new.concept_id and c.public_from is not null
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger changes_show_concepts after insert on changes for each row
  when (new.type in ('published', 'updated', 'conceptSaved', 'conceptMoved')) execute function show_concepts();

-- What readers may know of the log: of articles that were live, and of concepts that they could see.
create view live.changes as
select
  c.position, c.at, c.type, coalesce(c.concept_kind, 'article') as kind, coalesce(c.article_id, c.concept_id) as id,
  coalesce(
    (select p.slug from live.publications p where p.article_id = c.article_id),
    (select v.slug from live.visible_concepts v where v.id = c.concept_id)) as slug,
  case when c.type = 'withdrawn' then
    (select w.reason from public.withdrawals w where w.article_id = c.article_id and w.withdrawn_at <= c.at order by w.withdrawn_at desc limit 1)
  end as reason,
  (select m.merged_into_id from live.concept_merges m where m.id = c.concept_id) as merged_into_id
from public.changes c
where c.type in ('published', 'updated', 'unpublished', 'withdrawn')
  or c.concept_id is not null and exists (select from public.shown_concepts s where s.concept_id = c.concept_id and s.since <= c.position);

-- What each change concerns. Answers that are kept carry the same tags, so that a change touches none but those that it concerns:
--   articles       any list of articles        article:<id>      one article
--   concepts       any search of concepts      concept:<id>      answers that show one
--   tree           answers that look below     <kind>            the list of people, places or topics
--   <kind>:<name>  lists of what names a concept, by its id or any of its slugs
create view change_tags as
select c.position, x.tag
from changes c cross join lateral (values ('articles'), ('article:' || c.article_id)) x (tag)
where c.article_id is not null
union all
select c.position, a.kind || ':' || x.name
from changes c
join publications p on p.article_id = c.article_id
join concept_uses u on u.article_id = p.article_id and u.revision = p.revision
join concept_tree t on t.concept_id = u.concept_id
join concepts a on a.id = t.ancestor_id
cross join lateral (select a.id::text union all select s.slug from concept_slugs s where s.concept_id = a.id) x (name)
union all
select c.position, x.tag
from changes c
cross join lateral (
  values ('concepts'), (c.concept_kind), ('concept:' || c.concept_id), (c.concept_kind || ':' || c.concept_id),
         (case when c.type in ('conceptMoved', 'conceptMerged') then 'tree' end)) x (tag)
where c.concept_id is not null and x.tag is not null
union all
select c.position, s.kind || ':' || s.slug
from changes c join concept_slugs s on s.concept_id = c.concept_id
union all
select c.position, a.kind || ':' || x.name
from changes c
join concepts m on m.id = c.concept_id
join concept_tree t on t.concept_id = m.merged_into_id
join concepts a on a.id = t.ancestor_id
cross join lateral (select a.id::text union all select s.slug from concept_slugs s where s.concept_id = a.id) x (name)
where c.type = 'conceptMerged';

do $$
begin
  if exists (select from pg_roles where rolname = 'cms_live') then
    grant select on live.changes to cms_live;
  end if;
end $$;
