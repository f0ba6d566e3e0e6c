-- The first revision after a translated one with another text, which a translation does not have yet; null while the working copy has the
-- translated text.
create or replace function public.stale_since(original uuid, translated int) returns int language sql stable parallel safe as $$
  select min(later.number)
  from public.articles a
  join public.revisions t on t.article_id = a.id and t.number = translated
  join public.revisions later on later.article_id = a.id and later.number > translated
  where a.id = original
    and (later.headline, later.standfirst, later.body_html) is distinct from (t.headline, t.standfirst, t.body_html)
  group by a.revision_number
  having max(later.number) = a.revision_number
$$;
