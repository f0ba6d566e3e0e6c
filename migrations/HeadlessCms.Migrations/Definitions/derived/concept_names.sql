-- Writes the names by which a concept is found.
create or replace function public.make_concept_names(c public.concepts) returns void language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  delete from public.concept_names where concept_id = c.id;
  insert into public.concept_names (concept_id, name, folded, words, spelt)
  select c.id, n.name, public.plain_name(n.name), public.text_words(n.name, 'simple', ''), public.spelling(n.name)
  from (
    select c.name
    union
    select alias from unnest(c.aliases) as alias
    union
    select label from jsonb_each_text(c.labels) as label (language, label)) n (name);
end $$;

create or replace function public.name_concept() returns trigger language plpgsql as $$
begin
  perform public.make_concept_names(new);
  return null;
end $$;

create or replace trigger concepts_are_named after insert or update of name, aliases, labels on public.concepts
  for each row execute function public.name_concept();

-- Fills what is missing; a migration that changes what is derived empties the table.
select public.make_concept_names(c) from public.concepts c
where not exists (select from public.concept_names);
