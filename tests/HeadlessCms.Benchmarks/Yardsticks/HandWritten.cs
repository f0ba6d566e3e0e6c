namespace HeadlessCms.Benchmarks.Yardsticks;

/// <summary>Hand-written SQL, one statement for each response.</summary>
internal static class HandWritten
{
    /// <summary>$1: the slug of an article.</summary>
    public const string Item = $"""
        select json_build_object({Members}, 'bodyHtml', r.body_html, 'embeds', '[]'::json, 'translations', '[]'::json)::text
        from publications p
        {Joins}
        where p.slug = $1 and p.live_from <= now() and (p.live_until is null or p.live_until > now())
        """;

    /// <summary>$1: the slug of a topic. The first twenty articles of it and of narrower topics.</summary>
    public const string ListOfTopic = $"""
        with hits as materialized (
          select p.*, row_number() over (order by a.first_live_from desc, a.article_id desc) as place
          from appearances a join publications p on p.id = a.publication_id
          where a.concept_id = (select s.concept_id from concept_slugs s where s.kind = 'topic' and s.slug = $1) and a.kind = 'subject'
            and p.live_from <= now() and (p.live_until is null or p.live_until > now())
          order by a.first_live_from desc, a.article_id desc limit 21)
        select json_build_object(
          'items', coalesce(json_agg(json_build_object({Members}) order by p.place), '[]'),
          'nextCursor', case when (select count(*) from hits) > 20 then (select encode(convert_to(h.article_id || h.first_live_from::text,
            'UTF8'), 'base64') from hits h where h.place = 20) end)::text
        from hits p
        {Joins}
        where p.place <= 20
        """;

    /// <summary>$1: the JSON of an article. Nothing is checked, rendered or sanitised.</summary>
    public const string Create = """
        with posted as materialized (
          select gen_random_uuid() as id, clock_timestamp() as at, $1::jsonb as story),
        article as (
          insert into articles (id, slug, revision_number, created_at, created_by, saved_at)
          select id, story ->> 'slug', 1, at, 'bench', at from posted returning id, created_at),
        slugs as (
          insert into article_slugs (slug, article_id) select story ->> 'slug', id from posted),
        revision as (
          insert into revisions (article_id, number, slug, headline, standfirst, body_format, body_source, body_html, word_count,
            language, genre,
                                 byline, dateline_place_id, dateline_source, saved_at, saved_by)
          select id, 1, story ->> 'slug', story ->> 'headline', story ->> 'standfirst', 'markdown', story #>> '{body,content}',
                 '<p>' || (story #>> '{body,content}') || '</p>', 500, story ->> 'language', story ->> 'genre', story ->> 'byline',
                 (select s.concept_id from concept_slugs s where s.kind = 'place' and s.slug = story #>> '{dateline,place}'),
                 story #>> '{dateline,source}', at, 'bench'
          from posted),
        wrote as (
          insert into authorships (article_id, revision, person_id, position)
          select p.id, 1, s.concept_id, a.position
          from posted p
          cross join jsonb_array_elements_text(p.story -> 'authors') with ordinality a (slug, position)
          join concept_slugs s on s.kind = 'person' and s.slug = a.slug),
        named as (
          insert into mentions (article_id, revision, concept_id, relation, role, position)
          select p.id, 1, s.concept_id, m.value ->> 'relation', m.value ->> 'role', row_number() over ()
          from posted p
          cross join (values ('people', 'person'), ('places', 'place'), ('topics', 'topic')) k (list, kind)
          cross join jsonb_array_elements(p.story -> k.list) m
          join concept_slugs s on s.kind = k.kind and s.slug = m.value ->> k.kind
          returning concept_id, relation),
        audit as (
          insert into audit_entries (by, action, subject, subject_id, subject_name, revision)
          select 'bench', 'created', 'article', id, story ->> 'slug', 1 from posted)
        select json_build_object('id', a.id, 'createdAt', a.created_at, 'story', (select story from posted),
                                 'concepts', (select json_agg(named) from named))::text
        from article a
        """;

    public const string Members = """
        'id', p.article_id, 'slug', p.slug, 'url', null, 'headline', r.headline, 'standfirst', r.standfirst, 'language', r.language,
        'genre', r.genre, 'byline', r.byline, 'authors', a.authors,
        'dateline', case when r.dateline_place_id is not null or r.dateline_source is not null then json_build_object(
          'place', case when d.id is not null then json_build_object('id', d.id, 'slug', d.slug, 'name', d.name, 'kind', d.place_kind,
            'countryCode', d.country_code, 'latitude', d.latitude, 'longitude', d.longitude) end,
          'source', r.dateline_source) end,
        'leadImage', r.lead_image, 'people', m.people, 'places', m.places, 'topics', m.topics, 'organisations', m.organisations,
        'events', m.events, 'series', null,
        'publishedAt', p.first_live_from, 'updatedAt', p.live_from, 'revision', r.number, 'corrections', n.corrections,
        'access', r.access, 'sensitive', r.sensitive, 'noIndex', r.no_index, 'noSyndication', r.no_syndication, 'urgency', r.urgency,
        'usageTerms', r.usage_terms, 'copyrightHolder', r.copyright_holder, 'aiUse', r.ai_use, 'reviewedBy', r.reviewed_by,
        'commentsUntil', r.comments_until, 'bodyTruncated', r.access <> 'free',
        'wordCount', r.word_count, 'readingMinutes', (r.word_count + 219) / 220
        """;

    public const string Joins = """
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
                              order by x.position) filter (where c.kind = 'topic'), '[]') as topics,
            coalesce(json_agg(json_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'relation', x.relation, 'role', x.role,
                                                'kind', c.organisation_kind, 'acronym', c.acronym)
                              order by x.position) filter (where c.kind = 'organisation'), '[]') as organisations,
            coalesce(json_agg(json_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'relation', x.relation, 'kind', c.event_kind,
                                                'startsAt', c.starts_at, 'endsAt', c.ends_at, 'status', c.event_status)
                              order by x.position) filter (where c.kind = 'event'), '[]') as events
          from mentions x join concepts c on c.id = x.concept_id
          where x.article_id = p.article_id and x.revision = p.revision) m
        cross join lateral (
          select coalesce(json_agg(json_build_object('kind', o.correction_kind, 'text', o.correction_text, 'at', o.live_from) order by
            o.live_from desc), '[]') as corrections
          from publications o
          where o.article_id = p.article_id and o.correction_kind is not null and o.live_from <= now() and o.live_until is distinct from
            o.live_from) n
        """;
}
