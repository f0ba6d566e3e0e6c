using System.Security.Claims;
using System.Text.Json;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Editorial.Kinds;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Suggestions;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary>Makes mentions of accepted suggestions, and the concepts that they name and the newsroom lacks.</summary>
internal sealed class SuggestedConcepts(ConceptCreator creator, IOptions<JsonOptions> json)
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
        foreach (var missing in members.Where(member => member.Value is null).Select(member => member.Key).ToList())
            members.Remove(missing); // other kinds do not have them
        return EditorialKind.All.Single(one => one.Names == kind).CreateAsync(creator, members, caller, cancellation);
    }
}
