namespace HeadlessCms.Core.Articles;

/// <summary>A revision names a concept.</summary>
public sealed class Mention
{
    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>The number of the revision.</summary>
    public int Revision { get; private set; }

    /// <summary>The concept that it names.</summary>
    public Guid ConceptId { get; private set; }

    /// <summary>How the article has to do with the concept.</summary>
    public Relation Relation { get; private set; }

    /// <summary>For people: the role that they had at the time.</summary>
    public string? Role { get; private set; }

    /// <summary>Its place in the order in which the writer gave them.</summary>
    public int Position { get; private set; }

    private Mention() { }

    internal Mention(Guid articleId, int revision, MentionContent content, int position)
    {
        (ArticleId, Revision, ConceptId) = (articleId, revision, content.ConceptId);
        (Relation, Role, Position) = (content.Relation, content.Role, position);
    }
}

/// <summary>A person wrote a revision's article.</summary>
public sealed class Authorship
{
    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>The number of the revision.</summary>
    public int Revision { get; private set; }

    /// <summary>The author.</summary>
    public Guid PersonId { get; private set; }

    /// <summary>Its place in the order of the authors.</summary>
    public int Position { get; private set; }

    private Authorship() { }

    internal Authorship(Guid articleId, int revision, Guid personId, int position) =>
        (ArticleId, Revision, PersonId, Position) = (articleId, revision, personId, position);
}
