using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary><c>/editorial/v1/suggest</c>: type-ahead for pick-lists.</summary>
internal static class SuggestEndpoints
{
    public static void MapSuggest(this RouteGroupBuilder editorial) =>
        editorial
            .MapGroup("/suggest")
            .WithTags("Suggestions")
            .MapRead("/", Suggest, "suggestKnownConcepts")
            .For(Role.Reader)
            .WithMetadata(new RequiredQuery("q", "rahm"));

    /// <summary>Suggests concepts of any kind for the beginning of a name, also those that readers cannot see yet.</summary>
    /// <remarks>
    /// Searches names, aliases, labels and slugs, regardless of accents. Exact names come first, then those that begin with the text, then
    /// those with a word that begins so; if there are too few, names with a similar spelling follow, for texts of three or more letters.
    /// Equal matches are sorted by number of articles. A merged concept is not suggested; its names lead to the one that remains.
    /// </remarks>
    private static async Task<Ok<ConceptSuggestions>> Suggest(
        [AsParameters] SuggestQuery query,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var found = await db.SuggestedConcepts(query.Q!, query.Kinds, query.Limit ?? SuggestQuery.DefaultLimit)
            .OrderBy(concept => concept.Rank)
            .ToListAsync(cancellation);
        return TypedResults.Ok(new ConceptSuggestions([.. found.Select(ConceptSuggestion.Of)]));
    }
}

/// <summary>Suggestions for a text.</summary>
/// <param name="Items">The concepts, most likely first.</param>
public sealed record ConceptSuggestions(IReadOnlyList<ConceptSuggestion> Items);

/// <summary>A suggested concept.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Kind">The kind of concept.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Matched">The name, alias, label or slug that is similar to the text.</param>
/// <param name="Visible">Whether readers can see it.</param>
/// <param name="Context">
/// What distinguishes it from others of its name: a person's title, the parent, a place's country code, or the first 200 characters of its
/// description; null if it has none of these.
/// </param>
public sealed record ConceptSuggestion(Guid Id, ConceptKind Kind, string Slug, string Name, string Matched, bool Visible, string? Context)
{
    internal static ConceptSuggestion Of(SuggestedConcept row) =>
        new(row.Id, EnumNames.Parse<ConceptKind>(row.Kind), row.Slug, row.Name, row.Matched, row.Visible, row.Context);
}
