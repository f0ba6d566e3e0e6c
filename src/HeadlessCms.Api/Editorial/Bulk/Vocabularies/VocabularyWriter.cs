using System.Text.Json;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Bulk.Vocabularies;

/// <summary>
/// Saves entries of a vocabulary: the concept that is the same by <c>sameAs</c>, by its code or, where names are unique, by its name takes
/// them in; otherwise one is created, which readers see with its first story. What an editor wrote stays; what only a load wrote follows
/// the vocabulary.
/// </summary>
internal sealed class VocabularyWriter(string savedBy, NewsroomDbContext db, SlugClaims slugs, Site site) : IBulkWriter<VocabularyEntry>
{
    private const int MostSameAs = 50;

    private readonly Dictionary<string, Concept> _found = [];
    private readonly Dictionary<string, Guid> _parents = [];
    private readonly HashSet<Guid> _edited = [];
    private DateTimeOffset _now;

    public static IEnumerable<string> KeysOf(VocabularyEntry entry) => entry.SameAs.Prepend(entry.Identity);

    public static IEnumerable<string> NeedsOf(VocabularyEntry entry) => entry.Parent is { } parent ? [parent] : [];

    public async Task PrepareAsync(IReadOnlyList<VocabularyEntry> lines, Task turn, CancellationToken cancellation)
    {
        var wanted = lines
            .Select(entry => new Wanted(entry.Kind, [.. KeysOf(entry)], entry.Code, entry.Name, entry.IsNameUnique))
            .Concat(lines.Where(entry => entry.Parent is not null).Select(entry => new Wanted(entry.Kind, [entry.Parent!])))
            .ToList();
        var matches = await MatchAsync(wanted, cancellation);
        Guid[] ids = [.. matches.Take(lines.Count).Select(match => match?.Id).OfType<Guid>()];
        var concepts = await db.Concepts.Where(concept => ids.Contains(concept.Id)).ToDictionaryAsync(concept => concept.Id, cancellation);
        _edited.UnionWith(
            await db
                .Audit.Where(entry => entry.SubjectId != null && ids.Contains(entry.SubjectId.Value) && entry.By != savedBy)
                .Select(entry => entry.SubjectId!.Value)
                .Distinct()
                .ToListAsync(cancellation)
        );
        for (var index = 0; index < wanted.Count; index++)
            if (matches[index] is not { } match)
                continue;
            else if (index >= lines.Count)
                _parents[wanted[index].SameAs[0]] = match.Id;
            else if (
                concepts.TryGetValue(match.Id, out var concept) && (match.FoundBy != "name" || concept is not Topic { Code: not null })
            )
                _found[lines[index].Identity] = concept;
        foreach (var kind in lines.Where(entry => !_found.ContainsKey(entry.Identity)).GroupBy(entry => entry.Kind))
            await slugs.PrepareConceptsAsync(kind.Key, kind.Select(SlugOf), cancellation);
        _now = await db.ClockAsync(cancellation);
    }

    public Task<ProblemResult?> CheckAsync(VocabularyEntry line, IServiceProvider services, CancellationToken cancellation) =>
        Task.FromResult<ProblemResult?>(null);

    public async Task<BulkResult> WriteAsync(int number, VocabularyEntry line, CancellationToken cancellation)
    {
        var isNew = !_found.TryGetValue(line.Identity, out var concept);
        concept ??= ConceptKindNames.Of(line.Kind).New();
        var before = isNew ? null : StateOf(concept);
        var leads = !_edited.Contains(concept.Id);
        Merge(concept, line, leads);
        var parent =
            line.Parent is { } above && _parents.TryGetValue(above, out var id) && id != concept.Id && (leads || concept.ParentId is null)
                ? id
                : concept.ParentId;
        if (before == StateOf(concept) && parent == concept.ParentId)
            return Result(number, BulkStatus.Unchanged, concept);
        var slug = isNew ? await slugs.ForConceptAsync(concept, null, SlugOf(line), cancellation) : concept.Slug;
        concept.Save(slug, parent, concept.PublicFrom is not null, savedBy, _now);
        if (isNew)
            db.Add(concept);
        return Result(number, isNew ? BulkStatus.Created : BulkStatus.Updated, concept);
    }

    private static void Merge(Concept concept, VocabularyEntry entry, bool leads)
    {
        T? First<T>(T? mine, T? other) => leads ? other ?? mine : mine ?? other;

        concept.Name = concept.Name.Length == 0 || leads ? entry.Name : concept.Name;
        concept.Labels = leads ? Joined(concept.Labels, entry.Labels) : Joined(entry.Labels, concept.Labels);
        concept.Aliases = [.. concept.Aliases.Union(entry.Aliases).Where(alias => alias != concept.Name).Take(100)];
        concept.Description = First(concept.Description, entry.Description);
        concept.SameAs = [.. concept.SameAs.Union(KeysOf(entry)).Union(entry.Replaces).Take(MostSameAs)];
        switch (concept)
        {
            case Topic topic:
                topic.Code = First(topic.Code, entry.Code);
                break;
            case Place place:
                (place.PlaceKind, place.CountryCode) = (
                    First(place.PlaceKind, entry.PlaceKind),
                    First(place.CountryCode, entry.CountryCode)
                );
                if (entry.Latitude is not null && (leads || place.Latitude is null))
                    (place.Latitude, place.Longitude) = (entry.Latitude, entry.Longitude);
                break;
            case Person person:
                if (leads || person.BirthDate is null && person.DeathDate is null)
                    (person.BirthDate, person.DeathDate) = (entry.BirthDate, entry.DeathDate >= entry.BirthDate ? entry.DeathDate : null);
                break;
            case Organisation organisation:
                (organisation.Acronym, organisation.Website) = (
                    First(organisation.Acronym, entry.Acronym),
                    First(organisation.Website, entry.Website)
                );
                break;
        }
    }

    private static Dictionary<string, string> Joined(
        IReadOnlyDictionary<string, string> labels,
        IReadOnlyDictionary<string, string> winners
    )
    {
        var joined = labels.ToDictionary(label => Core.LanguageTag.Canonical(label.Key), label => label.Value);
        foreach (var (language, label) in winners)
            joined[Core.LanguageTag.Canonical(language)] = label;
        return joined;
    }

    private static string StateOf(Concept concept) =>
        JsonSerializer.Serialize(
            new object?[]
            {
                concept.Name,
                concept.Labels.OrderBy(label => label.Key, StringComparer.Ordinal),
                concept.Aliases,
                concept.Description,
                concept.SameAs,
                concept switch
                {
                    Topic topic => topic.Code,
                    Place place => $"{place.PlaceKind} {place.CountryCode} {place.Latitude} {place.Longitude}",
                    Person person => $"{person.BirthDate} {person.DeathDate}",
                    Organisation organisation => $"{organisation.Acronym} {organisation.Website}",
                    _ => null,
                },
            }
        );

    private async Task<Match?[]> MatchAsync(List<Wanted> wanted, CancellationToken cancellation)
    {
        var json = JsonSerializer.Serialize(
            wanted.Select(
                (one, item) =>
                    new
                    {
                        item,
                        kind = ConceptKindNames.Of(one.Kind).Singular,
                        same_as = one.SameAs,
                        code = one.Code,
                        name = one.Name,
                        by_name = one.ByName,
                    }
            )
        );
        var matches = new Match?[wanted.Count];
        foreach (
            var match in await db
                .Database.SqlQuery<Match>($"select item, id, found_by from match_concepts({json}::jsonb)")
                .ToListAsync(cancellation)
        )
            matches[match.Item] = match;
        return matches;
    }

    private string SlugOf(VocabularyEntry entry) => ConceptWriter.Made(entry.Name, entry.Kind, site);

    private static BulkResult Result(int number, BulkStatus status, Concept concept) =>
        new(number, status)
        {
            Id = concept.Id,
            Slug = concept.Slug,
            Revision = concept.Version,
        };

    private sealed record Wanted(ConceptKind Kind, string[] SameAs, string? Code = null, string? Name = null, bool ByName = false);

    private sealed record Match(int Item, Guid Id, string FoundBy);
}
