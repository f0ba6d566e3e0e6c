-- The text of safe HTML. Elements within words leave no blank (H<sub>2</sub>O), all others do. In the sanitiser's output every markup
-- character that belongs to the text is an entity.
create or replace function public.text_of_html(text) returns text
  language sql immutable strict parallel safe
  return replace(replace(replace(replace(replace(replace(
    regexp_replace(
      regexp_replace($1, '</?(?:a|em|strong|b|i|s|u|sub|sup|small|mark|abbr|cite|q|code|time|del|ins|wbr|bdi|bdo|dfn|kbd|samp|var'
        || '|ruby|rt|rp)(?:\s[^>]*)?>', '', 'g'),
      '<[^>]*>', ' ', 'g'),
    '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', ''''), '&amp;', '&');
