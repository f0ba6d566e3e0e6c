namespace HeadlessCms.Benchmarks.Yardsticks;

/// <summary>
/// The hand-written statements of searches. They use the same database functions as the app to parse words and find concepts.
/// </summary>
internal static class HandWrittenSearch
{
    /// <summary>$1: the query. The first twenty articles and the concepts; ts_headline marks the words.</summary>
    public const string Search = """
        with hits as materialized (
          select m.publication_id, m.article_id, m.published_at as first_live_from, s.configuration, s.whole,
                 row_number() over (order by m.rank desc, m.published_at desc, m.article_id desc) as n
          from live.newest_matches($1, null, null, null, 500) m
          join publication_texts t on t.publication_id = m.publication_id
          join live.search_terms($1, null) s on s.configuration = t.configuration
          order by n limit 21)
        select json_build_object(
          'items', coalesce((
            select json_agg(json_build_object(
              'id', p.article_id, 'slug', p.slug, 'url', null, 'headline', r.headline, 'standfirst', r.standfirst, 'language', r.language,
                'genre', r.genre,
              'byline', r.byline, 'leadImage', r.lead_image, 'publishedAt', p.first_live_from, 'updatedAt', p.live_from,
              'access', r.access, 'sensitive', r.sensitive,
              'highlights', json_build_object(
                'headline', ts_headline(h.configuration::regconfig, r.headline, h.whole,
                  'HighlightAll=true, StartSel=<mark>, StopSel=</mark>'),
                'standfirst', ts_headline(h.configuration::regconfig, r.standfirst, h.whole,
                  'HighlightAll=true, StartSel=<mark>, StopSel=</mark>'),
                'body', ts_headline(h.configuration::regconfig, r.body_html, h.whole, 'StartSel=<mark>, StopSel=</mark>'))) order by h.n)
            from hits h
            join publications p on p.id = h.publication_id
            join revisions r on r.article_id = p.article_id and r.number = p.revision
            where h.n <= 20), '[]'),
          'concepts', coalesce((
            select json_agg(json_build_object('id', c.id, 'kind', c.kind, 'slug', c.slug, 'name', c.name, 'matched', c.matched,
                                              'highlight', ts_headline('simple', c.matched, websearch_to_tsquery('simple', $1),
                                                'StartSel=<mark>, StopSel=</mark>')) order by c.rank)
            from live.named_concepts($1, 5) c), '[]'),
          'nextCursor', (select encode(convert_to(h.article_id || h.first_live_from::text, 'UTF8'), 'base64') from hits h where h.n = 20
            and exists (select from hits where n = 21)))::text
        """;

    /// <summary>$1: the text typed so far.</summary>
    public const string Suggest = """
        select json_build_object('items', coalesce(
          json_agg(json_build_object('id', c.id, 'kind', c.kind, 'slug', c.slug, 'name', c.name, 'matched', c.matched) order by c.rank),
            '[]'))::text
        from live.suggested_concepts($1, array['person', 'place', 'topic'], 10) c
        """;

    /// <summary>$1: the slug of an article. The ten articles that share the most with it.</summary>
    public const string Related = $"""
        select json_build_object('items', coalesce(json_agg(json_build_object({HandWritten.Members}) order by o.rank), '[]'),
          'nextCursor', null)::text
        from publications it
        cross join live.related_articles(it.article_id, 10) o
        join publications p on p.id = o.publication_id
        {HandWritten.Joins}
        where it.slug = $1 and it.live_from <= now() and (it.live_until is null or it.live_until > now())
        """;
}
