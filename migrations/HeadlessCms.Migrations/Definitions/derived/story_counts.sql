-- Counts stories as the change log records them, under its lock, so never ahead of the clock.
create or replace function public.count_stories() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  insert into public.story_counts as counted (concept_id, stories)
  select u.concept_id, 1 from public.concept_uses u
  where new.type = 'published' and u.article_id = new.article_id and u.revision = new.revision
  union all
  select c.merged_into_id, s.stories from public.concepts c join public.story_counts s on s.concept_id = c.id
  where new.type = 'conceptMerged' and c.id = new.concept_id
  on conflict (concept_id) do update set stories = counted.stories + excluded.stories;
  return null;
end $$;

create or replace trigger changes_count_stories after insert on public.changes
  for each row when (new.type in ('published', 'conceptMerged')) execute function public.count_stories();
