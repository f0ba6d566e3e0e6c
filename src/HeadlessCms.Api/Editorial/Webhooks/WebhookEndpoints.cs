using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Hosting.Secrets;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Webhooks;

/// <summary><c>/editorial/v1/webhooks</c>: webhooks.</summary>
internal static class WebhookEndpoints
{
    private static readonly Keyset<Webhook, DateTimeOffset> NewestFirst = Keyset.Newest((Webhook row) => row.CreatedAt, row => row.Id);

    public static void MapWebhooks(this RouteGroupBuilder editorial)
    {
        var webhooks = editorial.MapGroup("/webhooks").WithTags(OpenApiDocuments.Administration);
        webhooks.MapRead("/", List, "listWebhooks").For(Role.Admin);
        webhooks.MapPost("/", Create).WithName("createWebhook").For(Role.Admin);
        // Sub-resources come first, so that the examples of the page delete the webhook last.
        webhooks.MapPost("/{webhook}/rotate", Rotate).WithName("rotateWebhook").For(Role.Admin);
        webhooks.MapPost("/{webhook}/ping", Ping).WithName("pingWebhook").For(Role.Admin);
        webhooks.MapDeliveries();
        webhooks.MapRead("/{webhook}", Read, "readWebhook").For(Role.Admin);
        webhooks.MapPatch("/{webhook}", Patch).WithName("patchWebhook").For(Role.Admin).NeedsIfMatch();
        webhooks.MapDelete("/{webhook}", Delete).WithName("deleteWebhook").For(Role.Admin).NeedsIfMatch();
    }

    /// <summary>Lists the webhooks, newest first.</summary>
    private static async Task<PageResult<WebhookResponse>> List(
        [AsParameters] WebhookListQuery query,
        NewsroomDbContext db,
        HttpContext context
    )
    {
        var page = await NewestFirst.ReadAsync(
            db.Webhooks.AsNoTracking(),
            query,
            WithConcepts,
            item => Cursor.At(item.CreatedAt, item.Id),
            context
        );
        return new(page.To(WebhookResponse.Of));
    }

    /// <summary>Creates a webhook.</summary>
    /// <remarks>
    /// The response shows its secret once: events are signed with it as Standard Webhooks 1.0 defines, and any library of that standard
    /// verifies them. The receiver gets a `webhook.ping` first. Events from the moment that the webhook is created
    /// wait until it answers the ping with 2xx.
    /// </remarks>
    private static async Task<Created<NewWebhookResponse>> Create(
        WebhookRequest request,
        NewsroomDbContext db,
        ConceptReferences references,
        SecretProtection secrets,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var now = await db.ClockAsync(cancellation);
        var secret = WebhookSecret.New();
        var webhook = new Webhook(
            request.ToContent(references),
            secrets.Protect(secret),
            await LastPositionAsync(db, cancellation),
            caller.SignedName(),
            now
        );
        db.Webhooks.Add(webhook);
        if (webhook.IsEnabled)
            db.Deliveries.Add(webhook.Ping(now));
        await db.SaveChangesAsync(cancellation);
        var details = await ReadAsync(webhook, db, context, cancellation);
        return TypedResults.Created($"/editorial/v1/webhooks/{webhook.Name}", new NewWebhookResponse(WebhookSecret.Write(secret), details));
    }

    /// <summary>Reads a webhook.</summary>
    private static async Task<Results<Ok<WebhookResponse>, NotFoundProblem>> Read(
        string webhook,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await Find(db.Webhooks, webhook).SingleOrDefaultAsync(cancellation);
        return found is null ? new NotFoundProblem() : TypedResults.Ok(await ReadAsync(found, db, context, cancellation));
    }

    /// <summary>Replaces the secret of a webhook.</summary>
    /// <remarks>
    /// The response shows it once. During the overlap, a day by default, each event has two signatures, by the new secret
    /// and by the former one, so that the receiver can change over.
    /// </remarks>
    private static async Task<Results<Ok<NewWebhookResponse>, NotFoundProblem>> Rotate(
        string webhook,
        WebhookRotationRequest? request,
        NewsroomDbContext db,
        SecretProtection secrets,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await Find(db.Webhooks, webhook).SingleOrDefaultAsync(cancellation);
        if (found is null)
            return new NotFoundProblem();
        var secret = WebhookSecret.New();
        var isReadable = secrets.Unprotect(found.Secret) is not null; // one that cannot sign has no overlap
        var overlap = isReadable ? TimeSpan.FromSeconds(request?.Overlap ?? Webhook.DefaultOverlap) : TimeSpan.Zero;
        found.RewriteSecrets(secrets.Renew);
        found.Rotate(secrets.Protect(secret), overlap, await db.ClockAsync(cancellation));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(new NewWebhookResponse(WebhookSecret.Write(secret), await ReadAsync(found, db, context, cancellation)));
    }

    /// <summary>Changes some members of a webhook.</summary>
    /// <remarks>
    /// A JSON Merge Patch (RFC 7396). A new `url` must answer a ping before events are sent there. While `enabled` is false nothing is
    /// queued for it, but events of that time can be sent with `replay`.
    /// </remarks>
    private static async Task<Results<Ok<WebhookResponse>, NotFoundProblem, StaleProblem, InvalidProblem>> Patch(
        string webhook,
        MergePatch<WebhookRequest> patch,
        IValidator<WebhookRequest> validator,
        NewsroomDbContext db,
        SecretProtection secrets,
        ConceptReferences references,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await WithConcepts(db.LockedWebhook(webhook)).SingleOrDefaultAsync(cancellation);
        if (found is null)
            return new NotFoundProblem();
        if (!IfMatch.Allows(context, Tag(found)))
            return new StaleProblem(new CurrentState(Tag(found), found.Version, null, found.SavedAt));
        var request = patch.ApplyTo(WebhookRequest.Of(found));
        if (await Validation.ProblemOfAsync(validator, request, context.RequestServices, cancellation) is { } invalid)
            return invalid;
        var now = await db.ClockAsync(cancellation);
        var (was, url) = (found.State, found.Url);
        found.RewriteSecrets(secrets.Renew);
        found.Save(request.ToContent(references), await LastPositionAsync(db, cancellation), now);
        if (found.State == WebhookState.Unverified && (was != WebhookState.Unverified || found.Url != url))
            db.Deliveries.Add(found.Ping(now));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(await ReadAsync(found, db, context, cancellation));
    }

    /// <summary>Sends a ping to the receiver of a webhook.</summary>
    /// <remarks>
    /// The response is the delivery: read it again for its outcome. No events are sent until a ping is answered with 2xx.
    /// </remarks>
    private static async Task<Results<Accepted<DeliveryResponse>, NotFoundProblem>> Ping(
        string webhook,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var found = await Find(db.Webhooks, webhook).SingleOrDefaultAsync(cancellation);
        if (found is null)
            return new NotFoundProblem();
        var ping = found.Ping(await db.ClockAsync(cancellation));
        db.Deliveries.Add(ping);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Accepted($"/editorial/v1/webhooks/{found.Name}/deliveries/{ping.Id}", DeliveryResponse.Of(ping, []));
    }

    /// <summary>Deletes a webhook with its deliveries.</summary>
    private static async Task<Results<NoContent, NotFoundProblem, StaleProblem>> Delete(
        string webhook,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await db.LockedWebhook(webhook).SingleOrDefaultAsync(cancellation);
        if (found is null)
            return new NotFoundProblem();
        if (!IfMatch.Allows(context, Tag(found)))
            return new StaleProblem(new CurrentState(Tag(found), found.Version, null, found.SavedAt));
        found.Delete();
        db.Remove(found);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>A webhook by its id or name; none or one.</summary>
    internal static IQueryable<Webhook> Find(IQueryable<Webhook> webhooks, string idOrName) =>
        Guid.TryParseExact(idOrName, "D", out var id) ? webhooks.Where(row => row.Id == id) : webhooks.Where(row => row.Name == idOrName);

    private static IQueryable<Webhook> WithConcepts(IQueryable<Webhook> webhooks) =>
        webhooks.Include(row => row.Concepts).ThenInclude(filter => filter.Concept);

    private static async Task<long> LastPositionAsync(NewsroomDbContext db, CancellationToken cancellation) =>
        await db.Changes.MaxAsync(change => (long?)change.Position, cancellation) ?? 0;

    private static async Task<WebhookResponse> ReadAsync(
        Webhook webhook,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var read = await WithConcepts(db.Webhooks.AsNoTracking()).SingleAsync(row => row.Id == webhook.Id, cancellation);
        context.Response.Headers.ETag = Tag(read);
        return WebhookResponse.Of(read);
    }

    private static string Tag(Webhook webhook) => $"\"v{webhook.Version}\"";
}

/// <summary>The parameters of the list of webhooks.</summary>
public sealed class WebhookListQuery : PageQuery;
