using HeadlessCms.Api.Http.Idempotency;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// Tells requests that may take a processor for a tenth of a second from those that never do: by their route, and by how much a reader
/// asks for or an editor sends. Bulk requests do not count: their lines are saved a few at a time.
/// </summary>
internal static class CostlyRequest
{
    private const int MaxTerms = 12;

    // Five thousand words: few stories are longer.
    private const int LargeBodyBytes = 32 << 10;

    /// <summary>Whether the request may be costly.</summary>
    public static bool Is(HttpContext context) =>
        ConcurrencyLimits.PolicyOf(context) == ConcurrencyLimits.Readers
            ? AsksForMuch(context.Request.Query)
            : context.GetEndpoint() is { Metadata: var route }
                && (route.GetMetadata<Mark>() is not null || SendsMuch(context.Request, route));

    /// <summary>Marks a route whose requests are all costly.</summary>
    public static RouteHandlerBuilder IsCostly(this RouteHandlerBuilder route) => route.WithMetadata(new Mark());

    private static bool AsksForMuch(IQueryCollection query) =>
        query.ContainsKey("facets") || query.Sum(parameter => parameter.Value.Sum(TermsIn)) > MaxTerms;

    private static bool SendsMuch(HttpRequest request, EndpointMetadataCollection route) =>
        request.ContentLength > LargeBodyBytes && route.GetMetadata<OwnTransactions>() is null;

    private static int TermsIn(string? value) => 1 + value.AsSpan().Count(',') + value.AsSpan().Count(' ');

    private sealed record Mark;
}
