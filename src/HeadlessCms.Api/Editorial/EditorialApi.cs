using FluentValidation;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Audit;
using HeadlessCms.Api.Editorial.Bulk;
using HeadlessCms.Api.Editorial.Bulk.Stories;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Editorial.Keys;
using HeadlessCms.Api.Editorial.Kinds;
using HeadlessCms.Api.Editorial.Overview;
using HeadlessCms.Api.Editorial.Previews;
using HeadlessCms.Api.Editorial.Reports;
using HeadlessCms.Api.Editorial.Sample;
using HeadlessCms.Api.Editorial.Suggestions;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Editorial.Webhooks;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Idempotency;
using HeadlessCms.Api.Http.Limits;
using HeadlessCms.Api.Http.Routing;

namespace HeadlessCms.Api.Editorial;

/// <summary>The API of editors: <c>/editorial/v1</c>.</summary>
internal static class EditorialApi
{
    public static void AddEditorial(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EmbedServices>();
        builder.Services.AddSingleton<BodyRenderer>();
        builder.Services.AddScoped<ConceptReferences>();
        builder.Services.AddScoped<OriginalReferences>();
        builder.Services.AddScoped<ArticleComposer>();
        builder.Services.AddScoped<ConceptWriter>();
        builder.Services.AddSingleton<RevisionComparer>();
        builder.Services.AddSingleton<Vocabulary>();
        builder.Services.AddSingleton<SuggestionTraining>();
        builder.Services.AddHostedService<NightlyTraining>();
        builder.Services.AddScoped<ArticleSuggestions>();
        builder.Services.AddScoped<ConceptCreator>();
        builder.Services.AddScoped<SuggestedConcepts>();
        builder.Services.AddScoped<ReportReader>();
        builder.Services.AddValidatorsFromAssemblyContaining<ArticleRequestValidator>(
            ServiceLifetime.Singleton,
            includeInternalTypes: true
        );
    }

    /// <summary>
    /// Everything that must be in the database before the first request: the first admin key, and the sample where it is wanted.
    /// </summary>
    public static async Task FillStorageAsync(this WebApplication app)
    {
        await app.EnsureAdminKeyAsync();
        await app.FillWithSampleAsync();
    }

    public static void MapEditorial(this IEndpointRouteBuilder app)
    {
        var editorial = app.MapGroup("/editorial/v1")
            .WithGroupName("editorial")
            .WithInputRules()
            .WithForms()
            .RequireRateLimiting(ConcurrencyLimits.Editors)
            .PrivateAnswers()
            .WithTransaction();
        foreach (var kind in EditorialKind.All)
            kind.Map(editorial);
        editorial.MapSuggest();
        editorial.MapArticles();
        editorial.MapReports();
        editorial.MapSuggestions();
        editorial.MapBulk();
        editorial.MapImports();
        editorial.MapPreviews();
        editorial.MapOverview();
        editorial.MapAudit();
        editorial.MapKeys();
        editorial.MapWebhooks();
    }

    private static RouteGroupBuilder PrivateAnswers(this RouteGroupBuilder group) =>
        group.AddEndpointFilter(
            async (invocation, next) =>
            {
                invocation.HttpContext.Response.Headers.CacheControl = "private, no-store";
                return await next(invocation);
            }
        );
}
