using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Changes;

/// <summary><c>/content/v1/changes</c>: the change log, for clients that keep a copy.</summary>
internal static class ChangeEndpoints
{
    internal const string InvalidToken = "invalidToken";
    internal const string InvalidTokenDetail = "The token is not valid; use nextCursor or the id of an event.";
    private const string Latest = "latest";

    public static void MapChanges(this RouteGroupBuilder content)
    {
        var changes = content.MapGroup("").WithTags("Changes");
        changes.MapRead("/changes", List, "listChanges").CacheResponses();
        changes.MapRead("/changes/stream", ChangeStream.Open, "streamChanges").WithMetadata(ChangeStream.Format).DisableRateLimiting();
    }

    /// <summary>Lists what was published, changed or removed, in order and without gaps.</summary>
    /// <remarks>
    /// To keep a copy, read all pages from the start, then continue at any time with the last `nextCursor`. A later change may already have
    /// replaced the result of an earlier one: read `href` for the current state. Changes that were replaced long ago may be missing; the
    /// last change of each article and concept never is. 410 means that the database was restored, or that the token is older than what is
    /// kept; start over.
    /// </remarks>
    private static async Task<Results<Ok<ChangePage>, HistoryGoneProblem>> List(
        [AsParameters] ChangeQuery query,
        LiveDbContext live,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (query.Since == Latest)
            return Answer([], await LatestAsync(live, cancellation), false, context);

        var since = query.Since is { } text
            ? TokenOf(text, InputError.InQuery("since", InvalidToken, InvalidTokenDetail))
            : ChangeToken.Start;
        var found = await AfterAsync(live, since, query.Size + 1, cancellation);
        if (found is null)
            return new HistoryGoneProblem();
        var more = found.Count > query.Size;
        if (more)
            found.RemoveAt(query.Size);
        return Answer([.. found.Select(ChangeResponse.Of)], found is [.., var newest] ? ChangeToken.After(newest) : since, more, context);
    }

    internal static async Task<ChangeToken> LatestAsync(LiveDbContext live, CancellationToken cancellation) =>
        await live.Changes.OrderByDescending(change => change.Position).FirstOrDefaultAsync(cancellation) is { } last
            ? ChangeToken.After(last)
            : ChangeToken.Start;

    /// <summary>The first changes after a token, in order; null if the row of the token is not in this history.</summary>
    internal static async Task<List<LiveChange>?> AfterAsync(
        LiveDbContext live,
        ChangeToken since,
        int limit,
        CancellationToken cancellation
    )
    {
        var (position, own) = (since.Position, since.IsStart ? 0 : 1);
        var found = await live
            .Changes.Where(change => change.Position >= position)
            .OrderBy(change => change.Position)
            .Take(limit + own)
            .ToListAsync(cancellation);
        if (since.IsStart)
            return found;
        if (found is not [var first, ..] || ChangeToken.After(first) != since)
            return null;
        found.RemoveAt(0);
        return found;
    }

    /// <exception cref="ProblemException">400: the token is not valid.</exception>
    internal static ChangeToken TokenOf(string text, InputError otherwise) =>
        ChangeToken.TryParse(text, out var token) ? token : throw new ProblemException(new UnreadableProblem(otherwise));

    private static Ok<ChangePage> Answer(IReadOnlyList<ChangeResponse> items, ChangeToken next, bool more, HttpContext context)
    {
        var token = next.ToString();
        context.Response.Headers.AppendNext(context.Request, token, "since");
        context.CacheContext().AddTags(CacheTags.Changes).MustRevalidate = true;
        return TypedResults.Ok(new ChangePage(items, token, more));
    }
}

/// <summary>Query parameters of the list of changes.</summary>
public sealed class ChangeQuery
{
    /// <summary>The <c>nextCursor</c> of the previous page; by default the start of the log, with <c>latest</c> its end.</summary>
    public string? Since { get; init; }

    /// <summary>The maximum number of changes, 1 to 100.</summary>
    [Range(1, 100), DefaultValue(PageQuery.DefaultLimit)]
    public int? Limit { get; init; }

    internal int Size => Limit ?? PageQuery.DefaultLimit;
}

/// <summary>410: the history of the token no longer exists.</summary>
public sealed class HistoryGoneProblem()
    : ProblemResult(
        410,
        "historyGone",
        "History no longer available",
        "The database was restored to an earlier state, or the token is older than the history that is kept. Read all changes again."
    ),
        Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public static void PopulateMetadata(System.Reflection.MethodInfo method, EndpointBuilder builder) => Describe(builder, 410);
}
