using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary>The concepts that a request names by id or slug, looked up by one statement and kept for the request.</summary>
internal sealed class ConceptReferences(NewsroomDbContext db)
{
    private readonly Dictionary<(ConceptKind Kind, string Named), Guid?> _found = [];

    public async Task LoadAsync(IEnumerable<(ConceptKind Kind, string Named)> references, CancellationToken cancellation)
    {
        var wanted = references.Where(reference => !_found.ContainsKey(reference)).Distinct().ToList();
        if (wanted.Count == 0)
            return;
        foreach (var reference in wanted)
            _found[reference] = null;
        string[] kinds = [.. wanted.Select(reference => ConceptKindNames.Of(reference.Kind).Singular)],
            names = [.. wanted.Select(reference => reference.Named)];
        foreach (
            var row in await db
                .Database.SqlQuery<Found>($"select kind, named, id from find_concepts({kinds}, {names})")
                .ToListAsync(cancellation)
        )
            _found[(ConceptKindNames.All.Single(names => names.Singular == row.Kind).Kind, row.Named)] = row.Id;
    }

    /// <summary>The error of a reference to nothing.</summary>
    public static InputError Unknown(string pointer, ConceptKind kind, string named) =>
        InputError.At(pointer, "unknown", NothingNamed(kind, named));

    /// <summary>Says that there is no such concept.</summary>
    public static string NothingNamed(ConceptKind kind, string named) =>
        $"There is no {ConceptKindNames.Of(kind).Singular} '{(named.Length > 120 ? named[..120] + "…" : named)}'.";

    public Guid? Find(ConceptKind kind, string named) => _found.GetValueOrDefault((kind, named));

    public Guid Get(ConceptKind kind, string named) =>
        Find(kind, named) ?? throw new InvalidOperationException($"The {kind} '{named}' was not validated.");

    private sealed record Found(string Kind, string Named, Guid Id);
}
