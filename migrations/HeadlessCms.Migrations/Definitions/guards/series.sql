-- A mention has a part exactly where it names a series: the number of the part, or 0 without one.
create or replace function public.guard_parts() returns trigger language plpgsql as $$
begin
  if exists (select from public.concepts c where c.id = new.concept_id and (c.kind = 'series') <> (new.part is not null)) then
    raise exception 'only a mention of a series has a part' using errcode = 'check_violation', constraint = 'ck_mentions_part';
  end if;
  return null;
end $$;

create or replace trigger mentions_have_parts after insert on public.mentions
  for each row execute function public.guard_parts();
