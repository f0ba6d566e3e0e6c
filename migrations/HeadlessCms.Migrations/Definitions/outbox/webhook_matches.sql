-- Which change each webhook wants to know; only of what readers may know: of articles that were live, and of concepts that they could
-- see. A story is sent where any of what readers saw of it matches, so that who was notified of it is notified of all that becomes of
-- it. Of each kind of concept that a webhook names one must match, or lie below one that it names.
create view public.webhook_matches as
select w.id as webhook_id, c.position, c.at, e.event, c.id as subject_id
from live.changes c
cross join lateral (
  select case
    when c.type = 'published' then 'articlePublished'
    when c.type = 'updated' then 'articleUpdated'
    when c.type = 'unpublished' then 'articleUnpublished'
    when c.type = 'withdrawn' then 'articleWithdrawn'
    when c.type in ('conceptSaved', 'conceptMoved') then 'conceptUpdated'
    when c.type = 'conceptMerged' then 'conceptMerged'
  end) e (event)
join public.webhooks w on e.event = any (w.events)
where case when c.kind = 'article' then
    (cardinality(w.languages) = 0 or exists (
      select from public.publications p join public.revisions r on r.article_id = p.article_id and r.number = p.revision
      where p.article_id = c.id and p.live_from <= public.cms_now() and p.live_until is distinct from p.live_from
        and exists (select from unnest(w.languages) range
                    where r.language = range or starts_with(r.language, range || '-'))))
    and not exists (
      select from public.webhook_concepts f join public.concepts n on n.id = f.concept_id
      where f.webhook_id = w.id
      group by n.kind
      having not bool_or(exists (
        select from public.publications p join public.appearances a on a.publication_id = p.id and a.kind = 'subject'
        where p.article_id = c.id and p.live_from <= public.cms_now() and p.live_until is distinct from p.live_from
          and a.concept_id = n.id)))
  else
    not exists (select from public.webhook_concepts f where f.webhook_id = w.id)
    or exists (
      select from public.concepts s
      join public.concept_tree t on t.concept_id = coalesce(s.merged_into_id, s.id)
      join public.webhook_concepts f on f.concept_id = t.ancestor_id and f.webhook_id = w.id
      where s.id = c.id)
  end;
