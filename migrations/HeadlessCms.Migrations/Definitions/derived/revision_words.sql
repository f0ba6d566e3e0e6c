-- The words of a revision: headline (A), standfirst (B), body (C). Of a very long body the first 200,000 characters count.
create or replace function public.revision_words(r public.revisions, configuration text) returns tsvector
  language plpgsql immutable parallel safe as $$
begin
  return public.text_words(r.headline, configuration, 'A') || public.text_words(r.standfirst, configuration, 'B')
    || public.text_words(left(public.text_of_html(r.body_html), 200000), configuration, 'C');
end $$;
