-- No publication begins before its revision's embargo ends, and none is live while its article is in the trash or withdrawn.
create or replace function public.guard_publications() returns trigger language plpgsql as $$
declare
  broken text;
begin
  if new.live_until is not distinct from new.live_from then return new; end if;
  if exists (
    select from public.revisions r
    where r.article_id = new.article_id and r.number = new.revision and r.embargo_until > new.live_from)
  then
    broken := 'ck_publications_embargo';
  elsif exists (
    select from public.articles a
    where a.id = new.article_id and a.trashed_at is not null and (new.live_until is null or new.live_until > a.trashed_at))
  then
    broken := 'ck_publications_trashed';
  elsif exists (
    select from public.withdrawals w
    where w.article_id = new.article_id and w.lifted_at is null and (new.live_until is null or new.live_until > w.withdrawn_at))
  then
    broken := 'ck_publications_withdrawn';
  end if;
  if broken is not null then
    raise exception 'the article may not be live then' using errcode = 'check_violation', constraint = broken;
  end if;
  return new;
end $$;

create or replace trigger publications_are_guarded before insert or update on public.publications
  for each row execute function public.guard_publications();
