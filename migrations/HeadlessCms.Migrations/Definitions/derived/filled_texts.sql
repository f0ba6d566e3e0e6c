-- requires: derived/publication_texts, derived/working_copy_texts
-- Fills what is missing; a migration that changes what is derived empties both tables. Working copies come first, because publications take
-- their words.
select public.remake_working_copy_texts(array(select a.id from public.articles a))
where not exists (select from public.working_copy_texts) and not exists (select from public.publication_texts);
select public.make_publication_text(p) from public.publications p
where not exists (select from public.publication_texts);
