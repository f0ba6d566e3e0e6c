using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core;

/// <summary>An article or a concept that has a slug.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">The kind of concept; null for an article.</param>
/// <param name="Name">Its headline or name.</param>
/// <param name="Status">The status of an article, such as <c>live</c> or <c>trashed</c>; null for a concept.</param>
public sealed record SlugHolder(Guid Id, ConceptKind? Kind, string Name, string? Status);

/// <summary>A slug is taken: the rule <c>slugTaken</c>.</summary>
/// <param name="slug">The slug.</param>
/// <param name="holder">What has it; null where that cannot be told.</param>
public sealed class SlugTakenException(string slug, SlugHolder? holder) : RuleException("slugTaken", Text(slug, holder))
{
    /// <summary>What has the slug.</summary>
    public SlugHolder? Holder { get; } = holder;

    private static string Text(string slug, SlugHolder? holder) =>
        holder switch
        {
            null => $"The slug '{slug}' is taken.",
            { Kind: { } kind } => $"The slug '{slug}' belongs to the {ConceptKindNames.Of(kind).Singular} '{holder.Name}'.",
            { Status: "trashed" } =>
                $"The slug '{slug}' belongs to the article '{holder.Name}' in the trash: DELETE it with releaseSlug=true to free it.",
            _ => $"The slug '{slug}' belongs to the article '{holder.Name}', which is {holder.Status}.",
        };
}
