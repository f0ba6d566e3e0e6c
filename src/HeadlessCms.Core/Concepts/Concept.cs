namespace HeadlessCms.Core.Concepts;

/// <summary>
/// What an article can be about: a <see cref="Person"/>, a <see cref="Place"/> or a <see cref="Topic"/>. Reference data:
/// versioned, not drafted. Readers see it from the instant that its first article goes live, or that an editor makes it public.
/// </summary>
public abstract class Concept(ConceptKind kind)
{
    /// <summary>UUID v7, for ever.</summary>
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>Which kind of concept it is.</summary>
    public ConceptKind Kind { get; private set; } = kind;

    /// <summary>Its name in a URL, unique in its kind.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>The name that readers know, at most 200 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>Other names that find it.</summary>
    public IReadOnlyList<string> Aliases { get; set; } = [];

    /// <summary>Its name in other languages, by BCP 47 tag.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();

    /// <summary>Who or what it is, in a sentence or two.</summary>
    public string? Description { get; set; }

    /// <summary>A picture of it.</summary>
    public Image? Image { get; set; }

    /// <summary>The same thing elsewhere: <c>https</c> URIs, such as Wikidata's.</summary>
    public IReadOnlyList<string> SameAs { get; set; } = [];

    /// <summary>When an editor made it public, whether or not an article of it is live.</summary>
    public DateTimeOffset? PublicFrom { get; private set; }

    /// <summary>What it lies within or is narrower than; of its own kind.</summary>
    public Guid? ParentId { get; protected set; }

    /// <summary>The concept of <see cref="ParentId"/>, where it was loaded.</summary>
    public Concept? Parent { get; private set; }

    /// <summary>1, 2, 3 … with each save: the concurrency check.</summary>
    public int Version { get; private set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>When it was last saved.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>Who last saved it.</summary>
    public string SavedBy { get; private set; } = "";

    /// <summary>Marks a save: the next version, and who made it when.</summary>
    public void Save(string slug, bool isPublic, string by, DateTimeOffset now)
    {
        if (!Core.Slug.IsValid(slug)) throw new ArgumentException($"'{slug}' is no slug.", nameof(slug));
        if (Version == 0) (CreatedAt, CreatedBy) = (now, by);
        Slug = slug;
        PublicFrom = isPublic ? PublicFrom ?? now : null;
        (SavedAt, SavedBy) = (now, by);
        Version++;
    }
}
