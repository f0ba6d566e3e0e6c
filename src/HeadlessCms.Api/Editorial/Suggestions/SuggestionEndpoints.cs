using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Limits;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary><c>/editorial/v1/articles/{article}/suggestions</c>: what the text of a working copy names or means.</summary>
internal static class SuggestionEndpoints
{
    public static void MapSuggestions(this RouteGroupBuilder editorial)
    {
        var suggestions = editorial.MapGroup("/articles/{article}/suggestions").WithTags("Articles");
        suggestions.MapRead("/", List, "listSuggestions").For(Role.Reader).IsCostly();
        suggestions.MapPost("/refuse", Refuse).WithName("refuseSuggestions").For(Role.Author).IsCostly();
        suggestions.MapPost("/accept", Accept).WithName("acceptSuggestions").For(Role.Author).NeedsIfMatch().IsCostly();
    }

    /// <summary>Suggests concepts for an article.</summary>
    /// <remarks>
    /// What the working copy names or means: people with the roles that the text gives them, places, topics, organisations and events that
    /// the newsroom has, and names that it does not have yet (<c>new</c>). Each says where the text names it and why it is suggested.
    /// What the article names already, and what was refused for it, is left out. The <c>ETag</c> is that of the article.
    /// </remarks>
    private static async Task<Results<Ok<SuggestionListResponse>, NotFoundProblem>> List(
        string article,
        NewsroomDbContext db,
        ArticleSuggestions suggestions,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var ids = db.ArticleIds(article);
        var saved = await db.WorkingCopies.SingleOrDefaultAsync(row => ids.Contains(row.Id), cancellation);
        if (saved is null)
            return new NotFoundProblem();
        var found = await suggestions.OfAsync(saved, cancellation);
        context.Response.Headers.ETag = ArticleEndpoints.Tag(saved.Revision);
        return TypedResults.Ok(new SuggestionListResponse(saved.Revision, [.. found.Select(one => one.ToResponse())]));
    }

    /// <summary>Accepts suggestions for an article, and refuses others.</summary>
    /// <remarks>
    /// Saves one revision that mentions what is accepted. New concepts are created; readers see them when the article goes live. What is
    /// refused is not suggested for the article again, and is less certain where other articles have the same name. Where nothing is
    /// accepted, no revision is saved.
    /// </remarks>
    private static async Task<Results<Ok<ArticleResponse>, NotFoundProblem, StaleProblem, InvalidProblem>> Accept(
        string article,
        AcceptSuggestionsRequest request,
        IValidator<ArticleRequest> validator,
        NewsroomDbContext db,
        ArticleSuggestions suggestions,
        SuggestedConcepts concepts,
        ArticleComposer composer,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await db.ArticleToSaveAsync(article, cancellation);
        if (found is null)
            return new NotFoundProblem();
        if (await ArticleEndpoints.StaleAsync(found, db, context, cancellation) is { } stale)
            return stale;
        var saved = await db.WorkingCopies.SingleAsync(row => row.Id == found.Id, cancellation);
        var all = await suggestions.OfAsync(saved, cancellation);
        var errors = Unknown(request.Accept, "accept", all).Concat(Unknown(request.Refuse, "refuse", all)).ToList();
        if (errors.Count > 0)
            return new InvalidProblem(errors);

        await RefuseAsync(found, all.Where(one => request.Refuse.Any(one.IsNamed)), caller, db, cancellation);
        var accepted = all.Where(one => request.All ? !request.Refuse.Any(one.IsNamed) : request.Accept.Any(one.IsNamed)).ToList();
        if (accepted.Count > 0)
        {
            var mentioned = saved.Concepts.Items.Select(mention => mention.Item.Id);
            var named = await concepts.AddAsync(ArticleRequest.Of(saved), mentioned, accepted, caller, cancellation);
            if (await Validation.ProblemOfAsync(validator, named, context.RequestServices, cancellation) is { } invalid)
                return invalid;
            var composed = await composer.ComposeAsync(named, found.Id, found.WorkingCopy.Content, cancellation);
            if (found.Save(composed.Content, null, caller.SignedName(), await db.ClockAsync(cancellation)))
                await db.SaveChangesAsync(cancellation);
        }

        return TypedResults.Ok(await ArticleEndpoints.ReadAsync(db, found.Id, context, cancellation));
    }

    /// <summary>Refuses suggestions for an article.</summary>
    /// <remarks>
    /// They are not suggested for the article again, and are less certain where other articles have the same name. No revision is saved.
    /// </remarks>
    private static async Task<Results<NoContent, NotFoundProblem, InvalidProblem>> Refuse(
        string article,
        RefuseSuggestionsRequest request,
        NewsroomDbContext db,
        ArticleSuggestions suggestions,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        var found = await db.ArticleToSaveAsync(article, cancellation);
        if (found is null)
            return new NotFoundProblem();
        var saved = await db.WorkingCopies.SingleAsync(row => row.Id == found.Id, cancellation);
        var all = await suggestions.OfAsync(saved, cancellation);
        var errors = Unknown(request.Refuse, "refuse", all).ToList();
        if (errors.Count > 0)
            return new InvalidProblem(errors);
        await RefuseAsync(found, all.Where(one => request.Refuse.Any(one.IsNamed)), caller, db, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task RefuseAsync(
        Article article,
        IEnumerable<ArticleSuggestion> refused,
        ClaimsPrincipal caller,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var now = await db.ClockAsync(cancellation);
        await db.StoreAsync(
            refused.SelectMany(one => article.Refuse(one.Found.Kind, one.Concept?.Id, one.Names, caller.SignedName(), now)),
            cancellation
        );
    }

    private static IEnumerable<InputError> Unknown(IReadOnlyList<string> ids, string member, IReadOnlyList<ArticleSuggestion> known) =>
        ids.Select((id, at) => (id, at))
            .Where(one => !known.Any(suggestion => suggestion.IsNamed(one.id)))
            .Select(one => InputError.At($"/{member}/{one.at}", "unknown", "The article has no suggestion with this id."));
}
