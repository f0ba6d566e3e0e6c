using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary>Creates concepts that a text names, as a request for them would.</summary>
internal sealed class ConceptCreator(
    NewsroomDbContext db,
    ConceptWriter writer,
    ConceptReferences references,
    IServiceProvider services,
    IOptions<JsonOptions> json
)
{
    /// <summary>Creates a concept of the members of a request for its kind.</summary>
    /// <exception cref="ProblemException">422: it is not valid.</exception>
    public async Task<Guid> CreateAsync<TConcept, TRequest>(JsonObject members, ClaimsPrincipal caller, CancellationToken cancellation)
        where TConcept : Concept, new()
        where TRequest : ConceptRequest, IConceptRequest<TRequest, TConcept>
    {
        var request = members.Deserialize<TRequest>(json.Value.SerializerOptions)!;
        var validator = services.GetRequiredService<IValidator<TRequest>>();
        if (await Validation.ProblemOfAsync(validator, request, services, cancellation) is { } invalid)
            throw new ProblemException(invalid);
        var concept = new TConcept();
        await references.LoadAsync(request.References(concept.Kind).Select(named => (named.Kind, named.Named)), cancellation);
        await writer.WriteAsync(concept, request, caller.SignedName(), await db.ClockAsync(cancellation), cancellation);
        db.Add(concept);
        await db.SaveChangesAsync(cancellation);
        return concept.Id;
    }
}
