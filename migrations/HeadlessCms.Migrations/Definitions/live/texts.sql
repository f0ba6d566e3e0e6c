-- The texts of what is live. The clock is a subquery: it is read once, not for each of the many texts that a common word finds.
create view live.texts as
select t.publication_id, t.article_id, t.first_live_from as published_at, t.week, t.configuration, t.length, t.words
from public.publication_texts t
where t.live_from <= (select public.cms_now()) and (t.live_until is null or t.live_until > (select public.cms_now()));

-- The week of an instant, as the column has it that is indexed beside the words.
create or replace function live.week(at timestamptz) returns int language sql immutable strict parallel safe as $$
  select floor(extract(epoch from at - timestamptz '2000-01-03 00:00:00+00') / 604800)::int
$$;
