using System.Text.Json;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>
/// Ghost's own export: posts with their authors and tags. The tables that posts name are read first, wherever they stand in the file, and
/// are held; posts are read one by one.
/// </summary>
internal static class GhostReader
{
    private const string SitePlaceholder = "__GHOST_URL__";
    private static readonly string[] Roots = ["db/data/", "data/"];

    public static IEnumerable<ImportedItem> Read(Stream file, ImportMap map)
    {
        var tables = Tables.Of(file);
        file.Position = 0;
        var index = 0;
        foreach (var (_, post) in JsonItems.Read(file, path => path is "*" || Table(path) == "posts"))
            yield return ItemOf(post, ++index, tables, map.Site);
        if (index == 0)
            throw new UnreadableFileException("The file is no export of Ghost: it has no posts.");
    }

    private static string? Table(string path) =>
        Roots.Where(root => path.StartsWith(root, StringComparison.Ordinal)).Select(root => path[root.Length..]).FirstOrDefault();

    private static ImportedItem ItemOf(JsonElement post, int index, Tables tables, string? site)
    {
        var id = Text(post, "uuid") ?? Text(post, "id") ?? $"post {index}";
        var key = Text(post, "id") ?? "";
        if (Text(post, "type") is "page" || Text(post, "page") is "1" or "true")
            return new SkippedItem(id, "It is a page, not a post.");
        if (SourceText.Line(Text(post, "title")) is not { } headline)
            return new SkippedItem(id, "It has no title.");
        var (status, visibility) = (Text(post, "status") ?? "draft", Text(post, "visibility") ?? "public");
        var losses = new List<string>();
        var meta = tables.Meta.GetValueOrDefault(key);
        var html = Text(post, "html")?.Replace(SitePlaceholder, site, StringComparison.Ordinal);
        if (html is null && Text(post, "plaintext") is null && (Text(post, "lexical") ?? Text(post, "mobiledoc")) is not null)
            losses.Add("The export has the text in the editor's own form only: export it again from a version that writes html.");
        foreach (var member in new[] { "codeinjection_head", "codeinjection_foot", "custom_template", "newsletter_id" })
            if (Text(post, member) is not null)
                losses.Add($"The member {member} has no place here.");
        if (Text(post, "featured") is "1" or "true")
            losses.Add("That it is featured is left out.");
        if (visibility is not ("public" or "members" or "paid"))
            losses.Add($"The visibility {visibility} became subscriber.");
        var url = Text(post, "canonical_url") ?? (site is null ? null : $"{site}/{Text(post, "slug")}/");
        if (url is null)
            losses.Add("Its URL is not kept, because the export does not say where the site was.");
        var published = SourceText.Instant(Text(post, "published_at"));
        return new ImportedStory(id)
        {
            ExternalId = id,
            Headline = headline,
            Slug = Text(post, "slug"),
            Standfirst = SourceText.OrNull(Text(post, "custom_excerpt")),
            Body =
                html is not null ? new(BodyFormat.Html, html)
                : Text(post, "plaintext") is { } plain ? new(BodyFormat.Text, plain)
                : null,
            Language = SourceText.Language(Text(post, "locale") ?? Text(post, "language")),
            Authors = [.. tables.AuthorsOf(key, Text(post, "author_id"))],
            LeadImage = Picture(Text(post, "feature_image") ?? Text(post, "image"), meta, site),
            Mentions = [.. tables.TagsOf(key, losses)],
            Access = visibility switch
            {
                "public" => AccessTier.Free,
                "members" => AccessTier.Registered,
                _ => AccessTier.Subscriber,
            },
            IsPublished = status is "published" or "scheduled" or "sent",
            PublishedAt = published,
            UpdatedAt = published,
            FormerUrls = url is null ? [] : [url],
            Losses = losses,
        };
    }

    // Old exports have paths.
    private static Image? Picture(string? url, PostMeta? meta, string? site) =>
        url is null
            ? null
            : new(
                url.StartsWith('/') ? site + url : url.Replace(SitePlaceholder, site, StringComparison.Ordinal),
                meta?.Alt,
                SourceText.Plain(meta?.Caption)
            );

    private static string? Text(JsonElement row, string member) =>
        row.TryGetProperty(member, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => SourceText.OrNull(value.GetString()),
                JsonValueKind.Number => value.GetRawText(),
                JsonValueKind.True => "true",
                _ => null,
            }
            : null;

    private sealed record PostMeta(string? Alt, string? Caption);

    /// <summary>The tables that posts name.</summary>
    private sealed class Tables
    {
        private readonly Dictionary<string, (string Name, string? Slug, bool IsInternal)> _tags = [];
        private readonly Dictionary<string, (string Name, string? Slug)> _users = [];
        private readonly Dictionary<string, List<(int Order, string Id)>> _postTags = [];
        private readonly Dictionary<string, List<(int Order, string Id)>> _postAuthors = [];

        public Dictionary<string, PostMeta> Meta { get; } = [];

        public static Tables Of(Stream file)
        {
            var tables = new Tables();
            foreach (
                var (path, row) in JsonItems.Read(file, path =>
                    path is "*" || Table(path) is "tags" or "users" or "posts_tags" or "posts_authors" or "posts_meta"
                )
            )
                tables.Add(Table(path)!, row);
            return tables;
        }

        public IEnumerable<ImportedConcept> AuthorsOf(string post, string? only) =>
            (
                _postAuthors.GetValueOrDefault(post) is { } authors
                    ? authors.OrderBy(author => author.Order).Select(author => author.Id)
                    : [only ?? ""]
            )
                .Where(_users.ContainsKey)
                .Select(id => _users[id])
                .Select(user => new ImportedConcept(ConceptKind.Person, user.Name) { Scheme = "author", Key = user.Slug ?? user.Name });

        public IEnumerable<ImportedMention> TagsOf(string post, List<string> losses)
        {
            var position = 0;
            foreach (var (_, id) in (_postTags.GetValueOrDefault(post) ?? []).OrderBy(tag => tag.Order))
            {
                if (!_tags.TryGetValue(id, out var tag))
                    continue;
                if (tag.IsInternal)
                {
                    losses.Add($"The internal tag {tag.Name} is left out.");
                    continue;
                }

                // The first tag is the primary one of Ghost's pages.
                yield return new(
                    new ImportedConcept(ConceptKind.Topic, tag.Name)
                    {
                        Scheme = "tag",
                        Key = tag.Slug ?? tag.Name,
                        Slug = HeadlessCms.Core.Slug.IsValid(tag.Slug) ? tag.Slug : null,
                    },
                    position++ == 0 ? Relation.About : Relation.Mentions
                );
            }
        }

        private void Add(string table, JsonElement row)
        {
            switch (table)
            {
                case "tags" when Text(row, "id") is { } id && SourceText.Line(Text(row, "name")) is { } name:
                    _tags[id] = (name, Text(row, "slug"), Text(row, "visibility") == "internal" || name.StartsWith('#'));
                    break;
                case "users" when Text(row, "id") is { } id && SourceText.Line(Text(row, "name")) is { } name:
                    _users[id] = (name, Text(row, "slug"));
                    break;
                case "posts_tags":
                    Join(_postTags, row, "tag_id");
                    break;
                case "posts_authors":
                    Join(_postAuthors, row, "author_id");
                    break;
                case "posts_meta" when Text(row, "post_id") is { } post:
                    Meta[post] = new(Text(row, "feature_image_alt"), Text(row, "feature_image_caption"));
                    break;
            }
        }

        private static void Join(Dictionary<string, List<(int Order, string Id)>> joined, JsonElement row, string member)
        {
            if (Text(row, "post_id") is not { } post || Text(row, member) is not { } id)
                return;
            if (!joined.TryGetValue(post, out var list))
                joined[post] = list = [];
            list.Add((int.TryParse(Text(row, "sort_order"), out var order) ? order : list.Count, id));
        }
    }
}
