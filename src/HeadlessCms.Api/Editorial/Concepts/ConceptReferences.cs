using HeadlessCms.Api.Platform.Problems;
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
        if (wanted.Count == 0) return;
        foreach (var reference in wanted) _found[reference] = null;
        var ids = wanted.Select(reference => Guid.TryParseExact(reference.Named, "D", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToArray();
        var slugs = wanted.Select(reference => reference.Named).ToArray();
        var byId = db.Concepts.Where(concept => ids.Contains(concept.Id)).Select(concept => new { concept.Kind, Slug = "", Named = concept.Id, Id = concept.MergedIntoId ?? concept.Id });
        var bySlug = db.ConceptSlugs.Where(slug => slugs.Contains(slug.Slug)).Select(slug => new { slug.Kind, slug.Slug, Named = slug.ConceptId, Id = slug.ConceptId });
        foreach (var row in await byId.Concat(bySlug).ToListAsync(cancellation))
            _found[(row.Kind, row.Slug.Length > 0 ? row.Slug : row.Named.ToString("D"))] = row.Id;
    }

    /// <summary>The error of a reference to nothing.</summary>
    public static InputError Unknown(string pointer, ConceptKind kind, string named) => InputError.At(pointer, "unknown", NothingNamed(kind, named));

    /// <summary>Says that there is no such concept.</summary>
    public static string NothingNamed(ConceptKind kind, string named) =>
        $"There is no {kind.ToString().ToLowerInvariant()} '{(named.Length > 120 ? named[..120] + "…" : named)}'.";

    public Guid? Find(ConceptKind kind, string named) => _found.GetValueOrDefault((kind, named));

    public Guid Get(ConceptKind kind, string named) => Find(kind, named) ?? throw new InvalidOperationException($"The {kind} '{named}' was not validated.");
}
