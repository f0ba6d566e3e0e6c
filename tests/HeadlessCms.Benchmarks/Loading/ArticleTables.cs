using HeadlessCms.Benchmarks.Generated;
using Npgsql;
using NpgsqlTypes;

namespace HeadlessCms.Benchmarks.Loading;

/// <summary>The tables of articles; each article is published at the instant it was written.</summary>
internal static class ArticleTables
{
    public static readonly string[] Names = ["articles", "article_slugs", "revisions", "mentions", "authorships", "publications"];

    public static async Task CopyAsync(NpgsqlConnection connection, IReadOnlyList<Story> stories)
    {
        await using (
            var copy = await connection.BeginBinaryImportAsync(
                "copy articles (id, slug, revision_number, created_at, created_by, saved_at) from stdin (format binary)"
            )
        )
        {
            foreach (var story in stories)
                await copy.WriteRowAsync(default, story.Id, story.Slug, 1, story.PublishedAt, "bench", story.PublishedAt);
            await copy.CompleteAsync();
        }

        await using (var copy = await connection.BeginBinaryImportAsync("copy article_slugs (slug, article_id) from stdin (format binary)"))
        {
            foreach (var story in stories)
                await copy.WriteRowAsync(default, story.Slug, story.Id);
            await copy.CompleteAsync();
        }

        await CopyRevisionsAsync(connection, stories);
        await using (
            var copy = await connection.BeginBinaryImportAsync(
                "copy mentions (article_id, revision, concept_id, relation, role, position) from stdin (format binary)"
            )
        )
        {
            foreach (var story in stories)
            {
                for (var position = 0; position < story.Mentions.Count; position++)
                {
                    var mention = story.Mentions[position];
                    await copy.StartRowAsync();
                    await copy.WriteAsync(story.Id);
                    await copy.WriteAsync(1);
                    await copy.WriteAsync(mention.Concept.Id);
                    await copy.WriteAsync(mention.Relation);
                    await copy.WriteOptionalAsync(mention.Role);
                    await copy.WriteAsync(position);
                }
            }

            await copy.CompleteAsync();
        }

        await using (
            var copy = await connection.BeginBinaryImportAsync(
                "copy authorships (article_id, revision, person_id, position) from stdin (format binary)"
            )
        )
        {
            foreach (var story in stories)
                for (var position = 0; position < story.Authors.Count; position++)
                    await copy.WriteRowAsync(default, story.Id, 1, story.Authors[position].Id, position);
            await copy.CompleteAsync();
        }

        await using (
            var copy = await connection.BeginBinaryImportAsync(
                """
                copy publications (id, article_id, revision, slug, live_from, first_live_from, created_at, created_by, start_logged)
                from stdin (format binary)
                """
            )
        )
        {
            foreach (var story in stories)
                await copy.WriteRowAsync(
                    default,
                    story.PublicationId,
                    story.Id,
                    1,
                    story.Slug,
                    story.PublishedAt,
                    story.PublishedAt,
                    story.PublishedAt,
                    "bench",
                    true
                );
            await copy.CompleteAsync();
        }
    }

    private static async Task CopyRevisionsAsync(NpgsqlConnection connection, IReadOnlyList<Story> stories)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy revisions (article_id, number, slug, headline, standfirst, body_format, body_source, body_html, word_count, language,
              genre, byline,
                            dateline_place_id, dateline_source, lead_image, saved_at, saved_by) from stdin (format binary)
            """
        );
        foreach (var story in stories)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(story.Id);
            await copy.WriteAsync(1);
            await copy.WriteAsync(story.Slug);
            await copy.WriteAsync(story.Headline);
            await copy.WriteAsync(story.Standfirst);
            await copy.WriteAsync("markdown");
            await copy.WriteAsync(story.BodySource);
            await copy.WriteAsync(story.BodyHtml);
            await copy.WriteAsync(story.WordCount);
            await copy.WriteAsync("en");
            await copy.WriteAsync(story.Genre);
            await copy.WriteAsync(story.Byline);
            await copy.WriteAsync(story.Dateline.Id);
            await copy.WriteAsync(story.Source);
            await copy.WriteOptionalAsync(story.LeadImage, NpgsqlDbType.Jsonb);
            await copy.WriteAsync(story.PublishedAt);
            await copy.WriteAsync("bench");
        }

        await copy.CompleteAsync();
    }
}
