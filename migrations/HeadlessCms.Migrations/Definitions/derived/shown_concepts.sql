-- An article that goes live makes its concepts visible, and the log records each of them once.
create or replace function public.show_concepts() returns trigger language plpgsql as $$
begin
  if new.article_id is not null then
    insert into public.changes (type, at, concept_id, concept_kind)
    select 'conceptSaved', new.at, c.id, c.kind
    from public.concept_uses u join public.concepts c on c.id = u.concept_id
    where u.article_id = new.article_id and u.revision = new.revision
      and not exists (select from public.shown_concepts s where s.concept_id = c.id)
    order by c.id;
    insert into public.shown_concepts (concept_id, since)
    select u.concept_id, new.position
    from public.concept_uses u where u.article_id = new.article_id and u.revision = new.revision
    on conflict do nothing;
  else
    insert into public.shown_concepts (concept_id, since)
    select c.id, new.position from public.concepts c where c.id = new.concept_id and c.public_from is not null
    on conflict do nothing;
  end if;
  return null;
end $$;

create or replace trigger changes_show_concepts after insert on public.changes
  for each row when (new.type in ('published', 'updated', 'conceptSaved', 'conceptMoved')) execute function public.show_concepts();
