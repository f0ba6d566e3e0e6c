-- The log tells of a concept that was made public or moved: readers see it from there on. Those that an article shows are added by the
-- command that publishes it, which also logs them.
create or replace function public.show_concepts() returns trigger language plpgsql as $$
begin
  insert into public.shown_concepts (concept_id, since)
  select c.id, new.position from public.concepts c where c.id = new.concept_id and c.public_from is not null
  on conflict do nothing;
  return null;
end $$;

create or replace trigger changes_show_concepts after insert on public.changes
  for each row when (new.type in ('conceptSaved', 'conceptMoved')) execute function public.show_concepts();
