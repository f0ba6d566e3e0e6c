-- The text of safe HTML. In the sanitiser's output every markup character that belongs to the text is an entity.
create or replace function public.text_of_html(text) returns text
  language sql immutable strict parallel safe
  return replace(replace(replace(replace(regexp_replace($1, '<[^>]*>', ' ', 'g'), '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&amp;', '&');
