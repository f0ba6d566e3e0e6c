using System.Reflection;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Html;
using HeadlessCms.Core;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>One OpenAPI 3.1 document per API, and Swagger UI at <c>/docs</c>.</summary>
internal static class DocsSetup
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void AddDocs(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DocumentFiles>().AddSingleton<DevelopmentKey>();
        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddSingleton<ISerializerDataContractResolver, KindContracts>();
        builder.Services.AddSwaggerGen(docs =>
        {
            foreach (var document in OpenApiDocuments.All)
                docs.SwaggerDoc(document.Name, document.Info);
            docs.DocInclusionPredicate(
                (document, operation) => operation.GroupName == document && operation.HttpMethod != HttpMethods.Head
            );
            docs.AddSecurityDefinition(
                OperationFilter.SecurityScheme,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "An API key (`cms_…`), or a JWT of the configured OIDC issuer.",
                }
            );
            docs.SupportNonNullableReferenceTypes();
            docs.DescribeAllParametersInCamelCase();
            docs.CustomSchemaIds(SchemaNames.Of);
            docs.OrderActionsBy(PageOrder.Of);
            foreach (var assembly in new[] { Assembly.GetExecutingAssembly(), typeof(Slug).Assembly })
                docs.IncludeXmlComments(assembly, includeControllerXmlComments: false);
            docs.SchemaFilter<SchemaLimits>();
            docs.SchemaFilter<SchemaFilter>();
            docs.OperationFilter<OperationFilter>();
            docs.DocumentFilter<DocumentFilter>();
            docs.DocumentFilter<WebhookDocumentFilter>();
        });
    }

    public static void UseDocs(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<CmsOptions>().Docs)
            return;
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/docs"), Show);
        app.Lifetime.ApplicationStarted.Register(() => PrintUrl(app));
    }

    public static void MapDocs(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<CmsOptions>().Docs)
            return;
        app.MapMethods("/", Read, () => Results.Redirect("/docs")).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods("/openapi/{document}.json", Read, (string document, DocumentFiles files, HttpContext context) =>
                files.WriteAsync(document, context)
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapMethods("/openapi/page/{document}.json", Read, (string document, DocumentFiles files, HttpContext context) =>
                files.WriteForPageAsync(document, context)
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapMethods("/docs/page/{version}/{file}", Read, (string version, string file, HttpContext context) =>
                PageFiles.WriteAsync(version, file, context)
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapPost("/docs/key", (DevelopmentKey key, HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "no-store";
                return key.Redeem(context) is { } text ? Results.Text(text) : Results.NoContent();
            })
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static void Show(IApplicationBuilder app)
    {
        app.Use(RelaxForTheUi);
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.DocumentTitle = "Headless CMS";
            foreach (var document in OpenApiDocuments.All)
                ui.SwaggerEndpoint(OpenApiDocuments.PathOf(document.Name), document.Info.Title);
            ui.EnableTryItOutByDefault();
            ui.EnablePersistAuthorization(); // else another document forgets the key
            ui.DisplayRequestDuration();
            ui.EnableDeepLinking();
            ui.DefaultModelsExpandDepth(-1);
            ui.DocExpansion(DocExpansion.None);
            ui.EnableFilter();
            ui.ShowCommonExtensions();
            ui.HeadContent = Preloads();
            ui.InjectStylesheet(PageFiles.PathOf("page.css"));
            ui.InjectJavascript(PageFiles.PathOf("main.js"), "module");
        });
    }

    // What the page asks for later is under way while the browser reads the scripts; the largest of them is first.
    private static string Preloads() =>
        string.Join(
            '\n',
            [
                "<link rel=\"preload\" as=\"script\" href=\"./swagger-ui-bundle.js\">",
                $"<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{OpenApiDocuments.PathOf(OpenApiDocuments.All[0].Name)}\">",
                .. PageFiles.Modules.Select(file => $"<link rel=\"modulepreload\" href=\"{PageFiles.PathOf(file)}\">"),
                "",
            ]
        );

    // A page that is opened from here as a blob has this policy too, and pictures of the stories.
    private static Task RelaxForTheUi(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self' {HtmlPage.StyleSource}; img-src 'self' data: https:; "
            + "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        return next(context);
    }

    private static void PrintUrl(WebApplication app)
    {
        if (app.Services.GetRequiredService<DevelopmentKey>().Fragment is not { } fragment)
            return;
        // No line of the log: it may be exported.
        Console.WriteLine($"Open {LocalUrl.Of(app.Urls.First())}/docs{fragment} in a browser on this machine; it works once");
        // It takes a second, in which somebody opens the URL.
        _ = Task.Run(() => app.Services.GetRequiredService<DocumentFiles>().PrepareAsync(OpenApiDocuments.All[0].Name));
    }
}
