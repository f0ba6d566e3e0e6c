using HeadlessCms.Api.Platform.Caching;
using HeadlessCms.Api.Platform.Concepts;
using HeadlessCms.Api.Platform.Input;
using HeadlessCms.Core;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>What answers that tell of articles concern.</summary>
internal static class ArticleFreshness
{
    /// <summary>It tells of this article: of what it says, and of the concepts that it names.</summary>
    public static Freshness Tells(this Freshness fresh, ArticleItem article)
    {
        ConceptLink?[] named = [.. article.Authors, .. article.People, .. article.Places, .. article.Topics, article.Dateline?.Place];
        return fresh.Shows(named.OfType<ConceptLink>().Select(concept => concept.Id)).ModifiedAt(article.UpdatedAt);
    }

    /// <summary>It tells of this article alone, while its publication holds.</summary>
    public static Freshness TellsAlone(this Freshness fresh, ArticleItem article) =>
        fresh.Tells(article).Concerns(AnswerTags.Article(article.Id)).Until(article.LiveUntil);

    /// <summary>It lists what a filter lets through: what comes into the list or goes names each of the concepts that it asks for, so one of them is enough.</summary>
    public static Freshness Lists(this Freshness fresh, ArticleListQuery filter)
    {
        var below = filter.Descendants != false;
        return First(filter.Person) is { } people ? fresh.Concerns(people.Select(name => AnswerTags.Naming(KindWords.People.One, name)))
            : First(filter.Author) is { } authors ? fresh.Concerns(authors.Select(name => AnswerTags.Naming(KindWords.People.One, name)))
            : First(filter.Topic) is { } topics
                ? fresh.Concerns(topics.Select(name => AnswerTags.Naming(KindWords.Topics.One, name))).LooksBelow(below)
            : First(filter.Place) is { } places
                ? fresh.Concerns(places.Select(name => AnswerTags.Naming(KindWords.Places.One, name))).LooksBelow(below)
            : AskedArticles.Of(filter)?.Ids is { } asked ? fresh.Concerns(asked.Select(AnswerTags.Article))
            : fresh.Concerns(AnswerTags.Articles);
    }

    /// <summary>It lists what names a concept, or what lies below it.</summary>
    public static Freshness ListsNaming(this Freshness fresh, KindWords kind, Guid concept) =>
        fresh.Concerns(AnswerTags.Naming(kind.One, concept.ToString("D")), AnswerTags.Concept(concept)).LooksBelow(true);

    private static string[]? First(string[]? parameter) =>
        parameter is [var alternatives, ..] ? ListAttribute.ValuesOf([alternatives]).Where(IsName).ToArray() : null;

    // Anything else names nothing, and has no place in a header.
    private static bool IsName(string name) => Slug.IsValid(name) || Guid.TryParseExact(name, "D", out _);

    private static Freshness LooksBelow(this Freshness fresh, bool below) => below ? fresh.Concerns(AnswerTags.Tree) : fresh;
}
