-- The kinds of concepts, and the plural that URLs have: those of the list in ConceptKindNames.
create view public.concept_kinds as
select k.kind, k.plural from (values $concept_kinds) k (kind, plural);
