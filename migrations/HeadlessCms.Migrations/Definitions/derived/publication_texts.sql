-- Writes the words of a publication. Only what was published has words, so that no draft can be found or measured. Of a very long body
-- the first 200,000 characters count, because a tsvector holds a megabyte.
create or replace function public.make_publication_text(p public.publications) returns void language plpgsql as $$
declare
  of text;
  head tsvector;
  body tsvector;
begin
  select c.name,
         setweight(to_tsvector(c.name::regconfig, public.search_text(r.headline)), 'A')
           || setweight(to_tsvector(c.name::regconfig, coalesce(public.search_text(r.standfirst), '')), 'B'),
         setweight(
           to_tsvector(c.name::regconfig, coalesce(public.search_text(left(public.text_of_html(r.body_html), 200000)), '')), 'C')
  into of, head, body
  from public.revisions r cross join lateral (select public.search_configuration(r.language) as name) c
  where r.article_id = p.article_id and r.number = p.revision;

  insert into public.publication_texts (
    publication_id, article_id, first_live_from, live_from, live_until, configuration, ages, topical, words)
  values (p.id, p.article_id, p.first_live_from, p.live_from, p.live_until, of, public.ages_of(p.first_live_from),
          head || ts_delete(body, array(
            select w.lexeme from (
              select b.lexeme, cardinality(b.positions) as times,
                     row_number() over (order by cardinality(b.positions) desc, b.lexeme) as rank
              from unnest(body) b) w
            where w.times < 3 or w.rank > 100)),
          head || body)
  on conflict (publication_id) do update
    set topical = excluded.topical, words = excluded.words, configuration = excluded.configuration;
  insert into public.search_configurations values (of) on conflict do nothing;
end $$;

create or replace function public.publication_makes_text() returns trigger language plpgsql as $$
begin
  perform public.make_publication_text(new);
  return null;
end $$;

create or replace trigger publications_make_texts after insert on public.publications
  for each row execute function public.publication_makes_text();

create or replace function public.publication_moves_text() returns trigger language plpgsql as $$
begin
  update public.publication_texts
  set first_live_from = new.first_live_from, live_from = new.live_from, live_until = new.live_until,
      ages = public.ages_of(new.first_live_from)
  where publication_id = new.id;
  return null;
end $$;

create or replace trigger publications_move_texts after update of first_live_from, live_from, live_until on public.publications
  for each row execute function public.publication_moves_text();

-- Fills what is missing; a migration that changes what is derived empties the table.
select public.make_publication_text(p) from public.publications p
where not exists (select from public.publication_texts);
