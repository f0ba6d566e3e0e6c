-- A webhook that names a merged concept names the one that it was merged into.
create or replace function public.webhooks_follow_merge() returns trigger language plpgsql as $$
begin
  insert into public.webhook_concepts (webhook_id, concept_id)
  select f.webhook_id, new.merged_into_id from public.webhook_concepts f where f.concept_id = new.id
  on conflict do nothing;
  delete from public.webhook_concepts where concept_id = new.id;
  return null;
end $$;

create or replace trigger concepts_lead_webhooks_on after update of merged_into_id on public.concepts
  for each row when (new.merged_into_id is not null) execute function public.webhooks_follow_merge();
