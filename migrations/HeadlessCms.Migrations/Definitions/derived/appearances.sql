-- Writes anew where concepts appear in some publications. PL/pgSQL with a plan that is kept, because an SQL function is planned anew for
-- each publication, and so is this one where PostgreSQL may choose: planning takes twice the time of the rest. The same holds for the
-- other functions that say so.
create or replace function public.appear(of_publications uuid[]) returns void language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  delete from public.appearances where publication_id = any(of_publications);
  insert into public.appearances (
    concept_id, kind, first_live_from, live_from, article_id, publication_id, about, mentions, directly_about, directly_mentions,
    series_place)
  select t.ancestor_id, 'subject', p.first_live_from, p.live_from, p.article_id, p.id,
         bool_or(m.relation = 'about'), bool_or(m.relation = 'mentions'),
         bool_or(m.relation = 'about' and t.depth = 0), bool_or(m.relation = 'mentions' and t.depth = 0),
         case when max(m.part) is not null then public.series_place(max(m.part), p.first_live_from) end
  from public.publications p
  join public.mentions m on m.article_id = p.article_id and m.revision = p.revision
  join public.concept_tree t on t.concept_id = m.concept_id
  where p.id = any(of_publications)
  group by t.ancestor_id, p.id
  union all
  select x.person_id, 'author', p.first_live_from, p.live_from, p.article_id, p.id, false, false, false, false, null
  from public.publications p
  join public.authorships x on x.article_id = p.article_id and x.revision = p.revision
  where p.id = any(of_publications);
end $$;

-- When the transaction ends, because the mentions may be written after the publication.
create or replace function public.publication_appears() returns trigger language plpgsql as $$
begin
  perform public.appear(array[new.id]);
  return null;
end $$;

drop trigger if exists publications_appear on public.publications; -- constraint triggers cannot be replaced
create constraint trigger publications_appear after insert on public.publications
  deferrable initially deferred for each row execute function public.publication_appears();
drop trigger if exists publications_appear_elsewhere on public.publications;
create constraint trigger publications_appear_elsewhere after update of first_live_from on public.publications
  deferrable initially deferred for each row when (old.first_live_from is distinct from new.first_live_from)
  execute function public.publication_appears();

-- A concept that moves in its hierarchy takes its appearances along. The trigger's name puts it after concepts_grow_on_move.
create or replace function public.move_appearances() returns trigger language plpgsql as $$
begin
  perform public.appear(array(
    select distinct a.publication_id from public.appearances a where a.concept_id = new.id and a.kind = 'subject'));
  return null;
end $$;

create or replace trigger concepts_move_appearances after update of parent_id on public.concepts
  for each row when (old.parent_id is distinct from new.parent_id) execute function public.move_appearances();

-- Fills what is missing; a migration that changes what is derived empties the table.
select public.appear(array(select p.id from public.publications p))
where not exists (select from public.appearances);
