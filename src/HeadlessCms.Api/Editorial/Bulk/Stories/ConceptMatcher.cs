using System.Text.Json;
using HeadlessCms.Api.Editorial.Bulk.Formats;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Bulk.Stories;

/// <summary>
/// Finds the concepts that stories of other systems name: by the map, by id, by what is the same elsewhere, by code, by slug and by name.
/// What is not found is created, hidden until a story that names it goes live.
/// </summary>
internal sealed class ConceptMatcher(NewsroomDbContext db, SlugClaims slugs, Site site, StoryImportOptions options, string savedBy)
{
    private readonly Dictionary<string, Guid?> _ids = [];

    /// <summary>Looks up concepts in one statement, and creates what is missing in its turn.</summary>
    public async Task LoadAsync(IEnumerable<ImportedConcept> concepts, Task turn, CancellationToken cancellation)
    {
        var wanted = concepts.DistinctBy(concept => concept.Identity).Where(concept => !_ids.ContainsKey(concept.Identity)).ToList();
        var missing = await FindAsync(wanted, cancellation);
        if (missing.Count == 0)
            return;
        await turn.WaitAsync(cancellation);
        missing = await FindAsync(missing, cancellation); // an earlier batch may have created them
        if (missing.Count == 0)
            return;
        await CreateAsync(missing, cancellation);
    }

    /// <summary>The id of a concept; null where the map leaves it out.</summary>
    public Guid? Find(ImportedConcept concept) => _ids[concept.Identity];

    /// <summary>The kind under which it is named: the map may have changed it.</summary>
    public ConceptKind KindOf(ImportedConcept concept) =>
        options.Map.TryGet(concept, out var target) && target is { } mapped ? mapped.Kind : concept.Kind;

    private async Task<List<ImportedConcept>> FindAsync(List<ImportedConcept> concepts, CancellationToken cancellation)
    {
        var rows = new List<object>();
        for (var item = 0; item < concepts.Count; item++)
        {
            var concept = concepts[item];
            if (!options.Map.TryGet(concept, out var target))
                rows.Add(
                    new
                    {
                        item,
                        kind = ConceptKindNames.Of(concept.Kind).Singular,
                        id = concept.Id,
                        same_as = concept.SameAs,
                        code = concept.Code,
                        slug = concept.Slug,
                        name = concept.Name,
                        by_name = true,
                    }
                );
            else if (target is var (kind, slug))
                rows.Add(
                    new
                    {
                        item,
                        kind = ConceptKindNames.Of(kind).Singular,
                        slug,
                    }
                );
            else
                _ids[concept.Identity] = null;
        }

        if (rows.Count > 0)
        {
            var json = JsonSerializer.Serialize(rows);
            foreach (
                var found in await db
                    .Database.SqlQuery<Found>($"select item, id from match_concepts({json}::jsonb)")
                    .ToListAsync(cancellation)
            )
                _ids[concepts[found.Item].Identity] = found.Id;
        }

        return [.. concepts.Where(concept => !_ids.ContainsKey(concept.Identity))];
    }

    private async Task CreateAsync(List<ImportedConcept> missing, CancellationToken cancellation)
    {
        var now = await db.ClockAsync(cancellation);
        foreach (var kind in missing.GroupBy(concept => concept.Kind))
            await slugs.PrepareConceptsAsync(kind.Key, kind.Select(SlugOf), cancellation);
        var created = new Dictionary<(ConceptKind, string), Guid>();
        // One concept may be named in two ways: those with an id or a code come first, and the others are found by their name.
        foreach (var concept in missing.OrderBy(concept => concept.Id is null && concept.Code is null))
        {
            var name = (concept.Kind, concept.Name.ToLowerInvariant());
            var key = (concept.Kind, concept.Code ?? concept.Id?.ToString() ?? name.Item2);
            if (!created.TryGetValue(key, out var id))
                created[key] = id = (await NewAsync(concept, now, cancellation)).Id;
            created.TryAdd(name, id);
            _ids[concept.Identity] = id;
        }

        await db.SaveChangesAsync(cancellation);
    }

    private async Task<Concept> NewAsync(ImportedConcept source, DateTimeOffset now, CancellationToken cancellation)
    {
        var isMapped = options.Map.TryGet(source, out var target) && target is not null;
        var concept = ConceptKindNames.Of(isMapped ? target!.Value.Kind : source.Kind).New(source.Id);
        concept.Name = source.Name.Length > 200 ? source.Name[..200].Trim() : source.Name;
        concept.SameAs = source.SameAs;
        if (concept is Topic topic)
            topic.Code = source.Code;
        if (concept is Place place && source is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 })
            (place.Latitude, place.Longitude) = (source.Latitude, source.Longitude);
        var slug = await slugs.ForConceptAsync(concept, null, isMapped ? target!.Value.Slug : SlugOf(source), cancellation);
        concept.Save(slug, null, false, savedBy, now);
        db.Add(concept);
        options.Created.TryAdd($"{ConceptKindNames.Of(concept.Kind).Plural}/{slug}", true);
        return concept;
    }

    private string SlugOf(ImportedConcept concept) =>
        HeadlessCms.Core.Slug.IsValid(concept.Slug, site.Slugs) ? concept.Slug! : ConceptWriter.Made(concept.Name, concept.Kind, site);

    private sealed record Found(int Item, Guid Id);
}
