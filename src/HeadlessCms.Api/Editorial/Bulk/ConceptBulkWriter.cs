using System.Text.Json;
using System.Text.Json.Nodes;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>Saves lines of a kind of concept: a concept with the line's slug gets a new version; otherwise it is created.</summary>
internal sealed class ConceptBulkWriter<TConcept, TRequest>(
    string savedBy,
    NewsroomDbContext db,
    ConceptReferences references,
    ConceptWriter writer,
    SlugClaims slugs,
    Site site,
    IOptions<JsonOptions> json
) : IBulkWriter<TRequest>
    where TConcept : Concept, new()
    where TRequest : ConceptRequest, IConceptRequest<TRequest, TConcept>
{
    private static readonly ConceptKind Kind = new TConcept().Kind;

    private readonly Dictionary<string, TConcept> _bySlug = [];
    private DateTimeOffset _now;

    public static IEnumerable<string> KeysOf(TRequest line)
    {
        if (line.Slug is { } slug)
            yield return slug;
        else if (line.Name is { } name)
        {
            yield return SlugMaker.Make(name, "", SlugScript.Ascii, "");
            yield return SlugMaker.Make(name, "", SlugScript.Unicode, "");
        }
    }

    public static IEnumerable<string> NeedsOf(TRequest line) => line.Parent.Named is { } parent ? [parent] : [];

    public async Task PrepareAsync(IReadOnlyList<TRequest> lines, Task turn, CancellationToken cancellation)
    {
        await references.LoadAsync(
            lines.SelectMany(line => line.References(Kind)).Select(reference => (reference.Kind, reference.Named)),
            cancellation
        );
        await slugs.PrepareConceptsAsync(
            Kind,
            lines.Select(line => line.Slug ?? ConceptWriter.Made(line.Name ?? "", Kind, site)),
            cancellation
        );
        string[] named = [.. lines.Select(line => line.Slug).OfType<string>()];
        var leading = await db
            .ConceptSlugs.AsNoTracking()
            .Where(slug => slug.Kind == Kind && named.Contains(slug.Slug))
            .ToListAsync(cancellation);
        Guid[] ids = [.. leading.Select(slug => slug.ConceptId)];
        var found = await db.Set<TConcept>()
            .Where(concept => ids.Contains(concept.Id))
            .WithNamed()
            .ToDictionaryAsync(concept => concept.Id, cancellation);
        foreach (var slug in leading)
            if (found.TryGetValue(slug.ConceptId, out var concept))
                _bySlug[slug.Slug] = concept; // it may just have been deleted
        _now = await db.ClockAsync(cancellation);
    }

    public async Task<BulkResult> WriteAsync(int number, TRequest line, CancellationToken cancellation)
    {
        var status = BulkStatus.Updated;
        if (line.Slug is null || !_bySlug.TryGetValue(line.Slug, out var concept))
        {
            concept = new TConcept();
            db.Add(concept);
            status = BulkStatus.Created;
        }
        else if (SaysTheSame(TRequest.Of(concept), line))
        {
            return Result(number, BulkStatus.Unchanged, concept);
        }

        await writer.WriteAsync(concept, line, savedBy, _now, cancellation);
        return Result(number, status, concept);
    }

    private static BulkResult Result(int number, BulkStatus status, TConcept concept) =>
        new(number, status)
        {
            Id = concept.Id,
            Slug = concept.Slug,
            Revision = concept.Version,
        };

    private bool SaysTheSame(TRequest there, TRequest sent) =>
        JsonNode.DeepEquals(Node(there with { Slug = null }), Node(sent with { Slug = null, Name = sent.Name.Trim() }));

    private JsonNode? Node(TRequest request) => JsonSerializer.SerializeToNode(request, json.Value.SerializerOptions);
}
