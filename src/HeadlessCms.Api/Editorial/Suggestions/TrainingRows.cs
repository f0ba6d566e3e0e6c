using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Suggestions;
using Npgsql;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary>Reads the stories that suggestions are learned from.</summary>
internal sealed class TrainingRows(NpgsqlDataSource newsroom)
{
    /// <summary>The number of stories that a model is trained on at most; the newest are.</summary>
    public const int MaxStories = 20_000;

    /// <summary>The newest stories that are live and name a concept, in the order in which they went live.</summary>
    public async Task<List<TaggedStory>> StoriesAsync(CancellationToken cancellation)
    {
        await using var command = newsroom.CreateCommand(
            """
            select r.headline, r.standfirst, r.lead_image ->> 'caption', r.body_html, r.language, p.live_from,
              (select name from concepts c where c.id = r.dateline_place_id),
              array(select m.concept_id from mentions m where (m.article_id, m.revision) = (p.article_id, p.revision)) as named
            from publications p join revisions r on (r.article_id, r.number) = (p.article_id, p.revision)
            where p.live_from <= cms_now() and (p.live_until is null or p.live_until > cms_now())
              and exists (select from mentions m where (m.article_id, m.revision) = (p.article_id, p.revision))
            order by p.live_from desc, p.article_id
            limit $1
            """
        );
        command.CommandTimeout = 0;
        command.Parameters.Add(new() { Value = MaxStories });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var stories = new List<TaggedStory>();
        while (await rows.ReadAsync(cancellation))
            stories.Add(StoryOf(rows));
        stories.Reverse();
        return stories;
    }

    /// <summary>Whether a model is due: it is night, the last one is not of this night, and a story went live since.</summary>
    public async Task<bool> IsDueAsync(CancellationToken cancellation)
    {
        await using var command = newsroom.CreateCommand(
            """
            select extract(hour from cms_now() at time zone 'UTC') between 1 and 4
              and not exists (select from topic_models where trained_at > cms_now() - interval '12 hours')
              and exists (
                select from publications
                where live_from <= cms_now() and live_from > coalesce((select max(trained_at) from topic_models), '-infinity'))
            """
        );
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static TaggedStory StoryOf(NpgsqlDataReader row) =>
        new(
            new(
                row.GetString(0),
                Text(row, 1),
                Text(row, 2),
                Text(row, 3) is { } html ? BodyParagraphs.Of(html) : [],
                Text(row, 4),
                DateOnly.FromDateTime(row.GetDateTime(5)),
                Text(row, 6)
            ),
            row.GetFieldValue<Guid[]>(7)
        );

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
