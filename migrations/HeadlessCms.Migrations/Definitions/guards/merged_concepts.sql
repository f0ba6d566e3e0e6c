-- Nothing new names a concept that was merged. After the insert, because by then the foreign key's check has waited for a merge in
-- progress.
create or replace function public.refuse_merged() returns trigger language plpgsql as $$
begin
  if exists (select from public.concepts c where c.id = (to_jsonb(new) ->> tg_argv[0])::uuid and c.merged_into_id is not null) then
    raise exception 'the concept was merged' using errcode = 'restrict_violation', constraint = 'ck_concepts_merged_meanwhile';
  end if;
  return null;
end $$;

create or replace trigger mentions_name_no_merged after insert on public.mentions
  for each row execute function public.refuse_merged('concept_id');
create or replace trigger authorships_name_no_merged after insert on public.authorships
  for each row execute function public.refuse_merged('person_id');
create or replace trigger datelines_name_no_merged after insert on public.revisions
  for each row when (new.dateline_place_id is not null) execute function public.refuse_merged('dateline_place_id');
create or replace trigger ties_name_no_merged after insert or update of named_id on public.concept_ties
  for each row execute function public.refuse_merged('named_id');
