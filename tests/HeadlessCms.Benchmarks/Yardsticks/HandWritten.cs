namespace HeadlessCms.Benchmarks.Yardsticks;

/// <summary>The statements of somebody who writes SQL by hand, for this answer alone.</summary>
internal static class HandWritten
{
    /// <summary>$1: the slug of an article.</summary>
    public const string Item =
        $"""
        select json_build_object({Members}, 'bodyHtml', r.body_html)::text
        from publications p
        {Joins}
        where p.slug = $1 and p.live_from <= now() and (p.live_until is null or p.live_until > now())
        """;

    /// <summary>$1: the slug of a topic. Its first twenty articles, and those of narrower ones.</summary>
    public const string ListOfTopic =
        $"""
        with hits as materialized (
          select p.*, row_number() over (order by p.first_live_from desc, p.article_id desc) as place
          from publications p
          where p.live_from <= now() and (p.live_until is null or p.live_until > now())
            and exists (
              select from mentions m
              where m.article_id = p.article_id and m.revision = p.revision and m.concept_id = any (array(
                select t.concept_id from concept_slugs s join concept_tree t on t.ancestor_id = s.concept_id where s.kind = 'topic' and s.slug = $1)))
          order by p.first_live_from desc, p.article_id desc limit 21)
        select json_build_object(
          'items', coalesce(json_agg(json_build_object({Members}) order by p.place), '[]'),
          'nextCursor', case when (select count(*) from hits) > 20 then (select encode(convert_to(h.article_id || h.first_live_from::text, 'UTF8'), 'base64') from hits h where h.place = 20) end)::text
        from hits p
        {Joins}
        where p.place <= 20
        """;

    private const string Members =
        """
        'id', p.article_id, 'slug', p.slug, 'url', null, 'headline', r.headline, 'standfirst', r.standfirst, 'language', r.language,
        'genre', r.genre, 'byline', r.byline, 'authors', a.authors,
        'dateline', case when r.dateline_place_id is not null or r.dateline_source is not null then json_build_object(
          'place', case when d.id is not null then json_build_object('id', d.id, 'slug', d.slug, 'name', d.name, 'kind', d.place_kind,
            'countryCode', d.country_code, 'latitude', d.latitude, 'longitude', d.longitude) end,
          'source', r.dateline_source) end,
        'leadImage', r.lead_image, 'people', m.people, 'places', m.places, 'topics', m.topics,
        'publishedAt', p.first_live_from, 'updatedAt', p.live_from, 'revision', r.number, 'corrections', n.corrections,
        'wordCount', r.word_count, 'readingMinutes', (r.word_count + 219) / 220
        """;

    private const string Joins =
        """
        join revisions r on r.article_id = p.article_id and r.number = p.revision
        left join concepts d on d.id = r.dateline_place_id
        cross join lateral (
          select coalesce(json_agg(json_build_object('id', c.id, 'slug', c.slug, 'name', c.name) order by x.position), '[]') as authors
          from authorships x join concepts c on c.id = x.person_id
          where x.article_id = p.article_id and x.revision = p.revision) a
        cross join lateral (
          select
            coalesce(json_agg(json_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'relation', x.relation, 'role', x.role)
                              order by x.position) filter (where c.kind = 'person'), '[]') as people,
            coalesce(json_agg(json_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'relation', x.relation, 'kind', c.place_kind,
                                                'countryCode', c.country_code, 'latitude', c.latitude, 'longitude', c.longitude)
                              order by x.position) filter (where c.kind = 'place'), '[]') as places,
            coalesce(json_agg(json_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'relation', x.relation, 'code', c.code)
                              order by x.position) filter (where c.kind = 'topic'), '[]') as topics
          from mentions x join concepts c on c.id = x.concept_id
          where x.article_id = p.article_id and x.revision = p.revision) m
        cross join lateral (
          select coalesce(json_agg(json_build_object('kind', o.correction_kind, 'text', o.correction_text, 'at', o.live_from) order by o.live_from desc), '[]') as corrections
          from publications o
          where o.article_id = p.article_id and o.correction_kind is not null and o.live_from <= now() and o.live_until is distinct from o.live_from) n
        """;
}
