using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Articles;

/// <summary>
/// An editor refused a suggestion for an article: that it names a concept by a name. It is not suggested for the article again, and less
/// likely where other articles have the name.
/// </summary>
public sealed class SuggestionRefusal
{
    /// <summary>The maximum length of <see cref="Name"/>.</summary>
    public const int MaxName = 200;

    /// <summary>UUID v7.</summary>
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>The kind of concept.</summary>
    public ConceptKind Kind { get; private set; }

    /// <summary>The concept; null where a new one was suggested.</summary>
    public Guid? ConceptId { get; private set; }

    /// <summary>The name as the text has it, or of the concept where the text does not name it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Who refused it.</summary>
    public string RefusedBy { get; private set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset RefusedAt { get; private set; }

    private SuggestionRefusal() { }

    internal SuggestionRefusal(Guid articleId, ConceptKind kind, Guid? conceptId, string name, string refusedBy, DateTimeOffset now)
    {
        (ArticleId, Kind, ConceptId, Name) = (articleId, kind, conceptId, Cut(name));
        (RefusedBy, RefusedAt) = (refusedBy, now);
    }

    private static string Cut(string name) =>
        name.Length <= MaxName ? name : name[..(char.IsHighSurrogate(name[MaxName - 1]) ? MaxName - 1 : MaxName)];
}
