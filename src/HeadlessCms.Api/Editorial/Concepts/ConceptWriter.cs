using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary>Writes a validated request into a concept and saves its next version; who may not publish changes nothing visible.</summary>
internal sealed class ConceptWriter(ConceptReferences references, SlugClaims slugs, Site site, NewsroomDbContext db)
{
    /// <summary>The slug that is made of a name.</summary>
    public static string Made(string name, ConceptKind kind, Site site) =>
        SlugMaker.Make(name, site.Language, site.Slugs, ConceptKindNames.Of(kind).Singular);

    public async Task WriteAsync<TConcept, TRequest>(
        TConcept concept,
        TRequest request,
        string savedBy,
        DateTimeOffset now,
        CancellationToken cancellation
    )
        where TConcept : Concept
        where TRequest : ConceptRequest, IConceptRequest<TRequest, TConcept>
    {
        if (!db.Actor.MayPublish)
            Concept.MustStayHidden(concept.Version > 0 && await db.IsVisibleAsync(concept.Id, cancellation), request.Public);
        var asked = request.Slug ?? (concept.Version > 0 ? concept.Slug : null);
        var slug =
            asked is not null && asked == concept.Slug
                ? asked
                : await slugs.ForConceptAsync(concept, asked, await MadeAsync(request.Name, concept.Kind, cancellation), cancellation);
        request.WriteShared(concept);
        request.WriteTo(concept, references);
        concept.Save(slug, request.Parent.Named is { } parent ? references.Get(concept.Kind, parent) : null, request.Public, savedBy, now);
    }

    private async Task<string> MadeAsync(string name, ConceptKind kind, CancellationToken cancellation)
    {
        if (site.Slugs == SlugScript.Unicode && SlugMaker.MayNeedComposing(name))
            name = await slugs.ComposeAsync(name, cancellation);
        return Made(name, kind, site);
    }
}
