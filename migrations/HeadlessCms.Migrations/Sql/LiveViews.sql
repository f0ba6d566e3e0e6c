-- What readers may see, and nothing else. The views run with the rights of their owner; the read side's role has SELECT on them alone.
create schema live;

create view live.publications as
select p.article_id, p.revision, p.slug, p.first_live_from as published_at, p.live_from as updated_at
from public.publications p
where p.live_from <= cms_now() and (p.live_until is null or p.live_until > cms_now());

create view live.articles as
select
  r.id, r.revision, p.slug, r.headline, r.standfirst, r.body_html, r.word_count, r.language, r.genre, r.byline,
  r.dateline_source, r.dateline_place, r.lead_image, r.authors, r.people, r.places, r.topics, p.published_at, p.updated_at
from live.publications p
join public.revision_contents r on r.id = p.article_id and r.revision = p.revision;

create view live.mentions as
select p.article_id, m.concept_id, m.relation
from live.publications p
join public.mentions m on m.article_id = p.article_id and m.revision = p.revision;

create view live.authorships as
select p.article_id, x.person_id
from live.publications p
join public.authorships x on x.article_id = p.article_id and x.revision = p.revision;

-- The slug of a live article, and those under which it was live before and that nobody took since.
create view live.article_slugs as
select distinct s.slug, s.article_id
from live.publications p
join public.article_slugs s on s.article_id = p.article_id
join public.publications was on was.article_id = s.article_id and was.slug = s.slug
where was.live_from <= cms_now() and was.live_until is distinct from was.live_from;

-- A concept is visible from the instant that an editor makes it public, or that its first article goes live.
create view live.visible_concepts as
select c.*
from public.concepts c
where c.public_from <= cms_now()
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
    where r.dateline_place_id = c.id and p.live_from <= cms_now() and p.live_until is distinct from p.live_from);

create view live.concepts as
select
  c.id, c.kind, c.slug, c.name, c.aliases, c.labels, c.description, c.image, c.same_as,
  c.given_name, c.family_name, c.honorific, c.title, c.birth_date, c.death_date,
  c.place_kind, c.latitude, c.longitude, c.country_code, c.code,
  (select jsonb_build_object('id', parent.id, 'slug', parent.slug, 'name', parent.name)
   from live.visible_concepts parent where parent.id = c.parent_id) as parent
from live.visible_concepts c;

create view live.concept_slugs as
select s.kind, s.slug, s.concept_id
from public.concept_slugs s
join live.visible_concepts c on c.id = s.concept_id;

create view live.concept_tree as
select t.concept_id, t.ancestor_id, t.depth
from public.concept_tree t;

-- Where the owner may not create roles the views serve all the same; the app says so when it starts.
do $$
begin
  if not exists (select from pg_roles where rolname = 'cms_live') then
    begin
      create role cms_live nologin;
    exception
      when duplicate_object or unique_violation then null; -- another database of the cluster was quicker
      when insufficient_privilege then raise notice 'cms_live could not be created';
    end;
  end if;
  if exists (select from pg_roles where rolname = 'cms_live') then
    grant usage on schema live to cms_live;
    grant select on live.articles, live.mentions, live.authorships, live.article_slugs, live.concepts, live.concept_slugs, live.concept_tree
      to cms_live;
    begin
      execute format('grant cms_live to %I', current_user);
    exception
      when insufficient_privilege then raise notice 'cms_live could not be granted to the owner';
      when others then if sqlstate <> 'XX000' then raise; end if; -- "tuple concurrently updated": another database grants the same
    end;
  end if;
end $$;
