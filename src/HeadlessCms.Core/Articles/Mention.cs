namespace HeadlessCms.Core.Articles;

/// <summary>A revision mentions a concept.</summary>
public sealed class Mention
{
    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>The number of the revision.</summary>
    public int Revision { get; private set; }

    /// <summary>The concept that it names.</summary>
    public Guid ConceptId { get; private set; }

    /// <summary>How the article relates to the concept.</summary>
    public Relation Relation { get; private set; }

    /// <summary>Of a person or an organisation: the role at the time.</summary>
    public string? Role { get; private set; }

    /// <summary>See <see cref="MentionContent.Part"/>.</summary>
    public int? Part { get; private set; }

    /// <summary>Its position in the writer's order.</summary>
    public int Position { get; private set; }

    private Mention() { }

    internal Mention(Guid articleId, int revision, MentionContent content, int position)
    {
        (ArticleId, Revision, ConceptId) = (articleId, revision, content.ConceptId);
        (Relation, Role, Part, Position) = (content.Relation, content.Role, content.Part, position);
    }
}

/// <summary>A person is an author of a revision.</summary>
public sealed class Authorship
{
    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>The number of the revision.</summary>
    public int Revision { get; private set; }

    /// <summary>The author.</summary>
    public Guid PersonId { get; private set; }

    /// <summary>Its position among the authors.</summary>
    public int Position { get; private set; }

    private Authorship() { }

    internal Authorship(Guid articleId, int revision, Guid personId, int position) =>
        (ArticleId, Revision, PersonId, Position) = (articleId, revision, personId, position);
}
