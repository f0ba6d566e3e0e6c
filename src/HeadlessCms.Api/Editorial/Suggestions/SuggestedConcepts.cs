using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Editorial.Kinds;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Suggestions;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary>Makes mentions of accepted suggestions, and the concepts that they name and the newsroom lacks.</summary>
internal sealed class SuggestedConcepts(
    NewsroomDbContext db,
    ConceptWriter writer,
    ConceptReferences references,
    IServiceProvider services,
    IOptions<JsonOptions> json
)
{
    /// <summary>An article that also mentions what was accepted.</summary>
    /// <exception cref="ProblemException">422: a new concept is not valid.</exception>
    public async Task<ArticleRequest> AddAsync(
        ArticleRequest article,
        IEnumerable<ArticleSuggestion> accepted,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        var mentions = article.Mentions.Items.Select(mention => mention.Item).ToList();
        foreach (var one in accepted)
        {
            var concept = one.Concept?.Id ?? await CreateAsync(one.Kind, one.Found.New!, caller, cancellation);
            mentions.Add(MentionRequest.Of(one.Kind, concept.ToString(), one.Found.Relation, one.Role));
        }

        return article with
        {
            Mentions = new(mentions),
        };
    }

    /// <summary>Creates a concept that readers do not see yet.</summary>
    /// <exception cref="ProblemException">422: it is not valid.</exception>
    public Task<Guid> CreateAsync(ConceptKindNames kind, ProposedConcept proposed, ClaimsPrincipal caller, CancellationToken cancellation)
    {
        var members = JsonSerializer.SerializeToNode(proposed, json.Value.SerializerOptions)!.AsObject();
        var given = new JsonObject(
            members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, member.Value!.DeepClone()))!
        );
        return EditorialKind.All.Single(one => one.Names == kind).CreateAsync(this, given, caller, cancellation);
    }

    /// <summary>Creates a concept of the members of a request for its kind.</summary>
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
