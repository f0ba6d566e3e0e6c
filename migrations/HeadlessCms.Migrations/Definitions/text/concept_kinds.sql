-- The kinds of concepts, and the plural that URLs have.
create view public.concept_kinds as
select k.kind, k.plural from (values ('person', 'people'), ('place', 'places'), ('topic', 'topics')) k (kind, plural);
