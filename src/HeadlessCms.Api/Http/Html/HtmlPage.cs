using System.Security.Cryptography;
using System.Text;

namespace HeadlessCms.Api.Http.Html;

/// <summary>A page for people: without scripts, and with a stylesheet that its policy names by hash.</summary>
/// <param name="Title">The title.</param>
/// <param name="Content">The content of its <c>main</c>.</param>
internal sealed record HtmlPage(string Title, Markup Content)
{
    public const string MediaType = "text/html";

    public const string ContentType = $"{MediaType}; charset=utf-8";

    private const string Style = """
        :root{color-scheme:light dark;--add:#d4f4dd;--add-line:#116329;--del:#ffe0dc;--del-line:#a40e26;--note:#fff3c4;--line:#8c8c8c}
        @media(prefers-color-scheme:dark){:root{--add:#0f3d1f;--add-line:#7ee2a0;--del:#4d1519;--del-line:#ffaba6;--note:#4a3b00}}
        *{box-sizing:border-box}
        body{margin:0;font:1.0625rem/1.6 Georgia,serif;overflow-wrap:anywhere}
        main{max-width:44rem;margin:0 auto;padding:1rem}
        h1,h2,h3{line-height:1.25}
        img{max-width:100%;height:auto}
        figure{margin:1rem 0}
        figcaption,.meta,nav,.banner,table{font:.875rem/1.5 system-ui,sans-serif}
        .banner{margin:0;background:var(--note);border-bottom:2px solid var(--line);padding:.75rem 1rem;text-align:center}
        .stories{padding:0;list-style:none}
        .stories li{border-bottom:1px solid var(--line)}
        .stories h2{font-size:1.25rem}
        .standfirst{font-size:1.25rem}
        pre,.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0}
        pre{font:.875rem/1.5 ui-monospace,monospace}
        ins{background:var(--add);color:inherit;text-decoration:underline;text-decoration-color:var(--add-line)}
        del{background:var(--del);color:inherit;text-decoration:line-through;text-decoration-color:var(--del-line)}
        del+ins{margin-left:.2em}
        ins.block,del.block{display:block;padding:.25rem .5rem;border-left:.25rem solid var(--add-line)}
        del.block{border-left:.25rem dashed var(--del-line)}
        ol,ul{padding-left:1.5rem}
        table{border-collapse:collapse;display:block;overflow-x:auto}
        td,th{border:1px solid var(--line);padding:.25rem .5rem}
        blockquote{margin:1rem 0;padding-left:1rem;border-left:.25rem solid var(--line)}
        """;

    /// <summary>The source expression of the stylesheet in a content security policy.</summary>
    public static readonly string StyleSource = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    private static readonly string Policy =
        $"default-src 'none'; style-src {StyleSource}; img-src https:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>What is above the content; nothing by default.</summary>
    public Markup Banner { get; init; }

    /// <summary>Sends the page with status 200.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["X-Robots-Tag"] = "noindex";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(Encoding.UTF8.GetBytes(ToString()), context.RequestAborted).AsTask();
    }

    public override string ToString() =>
        Markup
            .Of(
                $"""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>{Title}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="robots" content="noindex">
                <style>{Markup.Raw(Style)}</style>
                </head>
                <body>
                {Banner}
                <main>
                {Content}
                </main>
                </body>
                </html>

                """
            )
            .ToString();
}
