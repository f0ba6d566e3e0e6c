using System.Security.Claims;
using System.Text.Json;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Editorial.Kinds;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Suggestions;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary>Makes mentions of accepted suggestions, and the concepts that they name and the newsroom lacks.</summary>
internal sealed class SuggestedConcepts(
    NewsroomDbContext db,
    SlugClaims slugs,
    ConceptCreator creator,
    Site site,
    IOptions<JsonOptions> json
)
{
    /// <summary>An article that also mentions what was accepted.</summary>
    /// <param name="article">The article.</param>
    /// <param name="named">What it mentions already.</param>
    /// <param name="accepted">What is to be added.</param>
    /// <param name="caller">Who accepts it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ProblemException">422: a new concept is not valid.</exception>
    public async Task<ArticleRequest> AddAsync(
        ArticleRequest article,
        IEnumerable<Guid> named,
        IReadOnlyCollection<ArticleSuggestion> accepted,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        var known = named.ToHashSet();
        var mentions = article.Mentions.Items.Select(mention => mention.Item).ToList();
        // All in the order of their kinds: two callers who accept the same names must not wait for each other.
        foreach (var kind in accepted.Where(one => one.Concept is null).GroupBy(one => one.Kind).OrderBy(kind => kind.Key.Kind))
            await LockAsync(kind.Key, kind.Select(one => one.Found.New!), cancellation);
        foreach (var one in accepted)
        {
            var concept = one.Concept?.Id ?? await GetLockedAsync(one.Kind, one.Found.New!, caller, cancellation);
            if (known.Add(concept))
                mentions.Add(MentionRequest.Of(one.Kind, concept.ToString(), one.Found.Relation, one.Role));
        }

        return article with
        {
            Mentions = new(mentions),
        };
    }

    /// <summary>
    /// The concept of a kind that has a name, whoever created it since it was proposed, or a new one that readers do not see yet.
    /// </summary>
    /// <exception cref="ProblemException">422: it is not valid.</exception>
    public async Task<Guid> FindOrCreateAsync(
        ConceptKindNames kind,
        ProposedConcept proposed,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        await LockAsync(kind, [proposed], cancellation);
        return await GetLockedAsync(kind, proposed, caller, cancellation);
    }

    // By their slugs: two callers who create the same name at once get one concept.
    private Task LockAsync(ConceptKindNames kind, IEnumerable<ProposedConcept> proposed, CancellationToken cancellation) =>
        slugs.PrepareConceptsAsync(kind.Kind, proposed.Select(concept => ConceptWriter.Made(concept.Name, kind.Kind, site)), cancellation);

    private async Task<Guid> GetLockedAsync(
        ConceptKindNames kind,
        ProposedConcept proposed,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    ) => await FindAsync(kind, proposed.Name, cancellation) ?? await CreateAsync(kind, proposed, caller, cancellation);

    private Task<Guid?> FindAsync(ConceptKindNames kind, string name, CancellationToken cancellation)
    {
        var wanted = JsonSerializer.Serialize(
            new[]
            {
                new
                {
                    item = 0,
                    kind = kind.Singular,
                    name,
                    by_name = true,
                },
            }
        );
        return db
            .Database.SqlQuery<Guid?>($"select id as \"Value\" from match_concepts({wanted}::jsonb)")
            .SingleOrDefaultAsync(cancellation);
    }

    private Task<Guid> CreateAsync(ConceptKindNames kind, ProposedConcept proposed, ClaimsPrincipal caller, CancellationToken cancellation)
    {
        var members = JsonSerializer.SerializeToNode(proposed, json.Value.SerializerOptions)!.AsObject();
        foreach (var missing in members.Where(member => member.Value is null).Select(member => member.Key).ToList())
            members.Remove(missing); // other kinds do not have them
        return EditorialKind.All.Single(one => one.Names == kind).CreateAsync(creator, members, caller, cancellation);
    }
}
