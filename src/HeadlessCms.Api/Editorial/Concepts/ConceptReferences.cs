using FluentValidation;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary>The concepts that a request names by id or slug, looked up in one statement and cached for the request.</summary>
internal sealed class ConceptReferences(NewsroomDbContext db)
{
    private readonly Dictionary<(ConceptKind Kind, string IdOrSlug), Guid?> _found = [];

    public async Task LoadAsync(IEnumerable<(ConceptKind Kind, string IdOrSlug)> references, CancellationToken cancellation)
    {
        var wanted = references.Where(reference => !_found.ContainsKey(reference)).Distinct().ToList();
        if (wanted.Count == 0)
            return;
        foreach (var reference in wanted)
            _found[reference] = null;
        string[] kinds = [.. wanted.Select(reference => ConceptKindNames.Of(reference.Kind).Singular)],
            names = [.. wanted.Select(reference => reference.IdOrSlug)];
        foreach (
            var row in await db
                .Database.SqlQuery<Found>($"select kind, named, id from find_concepts({kinds}, {names})")
                .ToListAsync(cancellation)
        )
            _found[(ConceptKindNames.All.Single(names => names.Singular == row.Kind).Kind, row.Named)] = row.Id;
    }

    /// <summary>Refuses lists of concepts that are too long, or that name what is not there.</summary>
    public static async Task CheckAsync<T>(ByKind<string> lists, int most, ValidationContext<T> context, CancellationToken cancellation)
    {
        var named = lists.Items.ToList();
        foreach (var list in named.GroupBy(concept => concept.Kind).Where(list => list.Count() > most).ToList())
        {
            context.Refuse(KindMembers.ListName(typeof(T), list.Key), "tooMany", $"At most {most}.");
            named.RemoveAll(concept => concept.Kind == list.Key);
        }

        var references = context.Service<ConceptReferences>();
        await references.LoadAsync(named.Select(concept => (concept.Kind.Kind, concept.Item)), cancellation);
        foreach (var (kind, index, name) in named.Where(one => references.Find(one.Kind.Kind, one.Item) is null))
            context.Refuse($"{KindMembers.ListName(typeof(T), kind)}[{index}]", "unknown", NothingNamed(kind.Kind, name));
    }

    /// <summary>The error of a reference to nothing.</summary>
    public static InputError Unknown(string pointer, ConceptKind kind, string idOrSlug) =>
        InputError.At(pointer, "unknown", NothingNamed(kind, idOrSlug));

    /// <summary>Says that there is no such concept.</summary>
    public static string NothingNamed(ConceptKind kind, string idOrSlug) =>
        $"There is no {ConceptKindNames.Of(kind).Singular} '{(idOrSlug.Length > 120 ? idOrSlug[..120] + "…" : idOrSlug)}'.";

    public Guid? Find(ConceptKind kind, string idOrSlug) => _found.GetValueOrDefault((kind, idOrSlug));

    public Guid Get(ConceptKind kind, string idOrSlug) =>
        Find(kind, idOrSlug) ?? throw new InvalidOperationException($"The {kind} '{idOrSlug}' was not validated.");

    private sealed record Found(string Kind, string Named, Guid Id);
}
