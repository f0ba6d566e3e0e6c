-- A slug that leads readers to a live story stays with it: a draft that took it would break the redirect before it is published.
create or replace function public.guard_article_slugs() returns trigger language plpgsql as $$
begin
  if exists (select from live.article_slugs s where s.slug = old.slug and s.article_id = old.article_id) then
    raise exception 'the slug leads to a live story' using errcode = 'unique_violation', constraint = 'pk_article_slugs';
  end if;
  return new;
end $$;

create or replace trigger article_slugs_are_guarded before update of article_id on public.article_slugs
  for each row when (old.article_id <> new.article_id) execute function public.guard_article_slugs();
