using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Keys;

/// <summary><c>/editorial/v1/keys</c>: API keys.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this RouteGroupBuilder editorial)
    {
        var keys = editorial.MapGroup("/keys").WithTags(OpenApiDocuments.Administration);
        keys.MapRead("/", List, "listKeys").For(Role.Admin);
        keys.MapPost("/", Create).WithName("createKey").For(Role.Admin);
        keys.MapPost("/{key}/rotate", Rotate).WithName("rotateKey").For(Role.Admin);
        keys.MapDelete("/{key}", Revoke).WithName("revokeKey").For(Role.Admin);
    }

    /// <summary>Lists the keys, including revoked ones, newest first.</summary>
    private static async Task<Ok<KeyList>> List(NewsroomDbContext db, CancellationToken cancellation)
    {
        var now = await db.ClockAsync(cancellation);
        var keys = await db
            .ApiKeys.AsNoTracking()
            .OrderByDescending(key => key.CreatedAt)
            .ThenByDescending(key => key.Id)
            .ToListAsync(cancellation);
        return TypedResults.Ok(new KeyList([.. keys.Select(key => KeyResponse.Of(key, now))]));
    }

    /// <summary>Creates a key.</summary>
    /// <remarks>The response shows it once; only its hash is stored.</remarks>
    private static async Task<Created<NewKeyResponse>> Create(
        KeyRequest request,
        NewsroomDbContext db,
        ConceptReferences concepts,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        var now = await db.ClockAsync(cancellation);
        var text = ApiKey.NewText();
        var key = new ApiKey(text, request.Name, request.Role, request.ExpiresAt, caller.SignedName(), now).LimitedTo(
            request.Feeds?.Scope(concepts),
            request.RequestsPerMinute,
            request.Access
        );
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created($"/editorial/v1/keys/{key.Name}", new NewKeyResponse(text, KeyResponse.Of(key, now)));
    }

    /// <summary>Replaces the secret of a key.</summary>
    /// <remarks>
    /// The response shows the new key once. The former one stays valid for the overlap, a day by default, so that its holder can
    /// change over. At most two keys of a name are valid: one that was replaced before is revoked.
    /// </remarks>
    private static async Task<Results<Created<NewKeyResponse>, NotFoundProblem>> Rotate(
        string key,
        RotationRequest? request,
        NewsroomDbContext db,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        var named = await FindAsync(key, db, cancellation);
        if (named.Find(row => row.ReplacedAt is null) is not { } current)
            return new NotFoundProblem();
        if (current.Name == AdminKey.Name)
            throw new RuleException("reserved", "The key comes from the settings: change it there.");
        var now = await db.ClockAsync(cancellation);
        var sameName = await db
            .ApiKeys.Where(row => row.Name == current.Name && row.ReplacedAt != null && row.RevokedAt == null)
            .ToListAsync(cancellation);
        foreach (var former in sameName)
            former.Revoke(now);
        var text = ApiKey.NewText();
        var overlap = TimeSpan.FromSeconds(request?.Overlap ?? RotationRequest.DefaultOverlap);
        var successor = current.Rotate(text, overlap, request?.ExpiresAt, caller.SignedName(), now);
        await db.SaveChangesAsync(cancellation); // the name is free before another takes it
        db.ApiKeys.Add(successor);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created($"/editorial/v1/keys/{successor.Name}", new NewKeyResponse(text, KeyResponse.Of(successor, now)));
    }

    /// <summary>Revokes a key, at once and on all nodes.</summary>
    /// <remarks>By name, all valid keys of that name; by id, that key.</remarks>
    private static async Task<Results<NoContent, NotFoundProblem>> Revoke(string key, NewsroomDbContext db, CancellationToken cancellation)
    {
        var named = await FindAsync(key, db, cancellation);
        if (named.Count == 0)
            return new NotFoundProblem();
        var now = await db.ClockAsync(cancellation);
        foreach (var found in named)
            found.Revoke(now);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    // A name takes precedence over a public id, and means all valid keys of that name.
    private static async Task<List<ApiKey>> FindAsync(string key, NewsroomDbContext db, CancellationToken cancellation)
    {
        if (Guid.TryParseExact(key, "D", out var id))
            return await db.ApiKeys.Where(row => row.Id == id).ToListAsync(cancellation);
        var live = await db
            .ApiKeys.Where(row => row.RevokedAt == null && (row.Name == key || row.PublicId == key))
            .ToListAsync(cancellation);
        return live.Exists(row => row.Name == key) ? live.FindAll(row => row.Name == key) : live;
    }
}

/// <summary>A key to create.</summary>
/// <param name="Name">The name of its holder, a slug; saves are signed with it. It can be reused once the key is revoked.</param>
/// <param name="Role">Its role.</param>
/// <param name="ExpiresAt">The instant from which it is not valid; never by default.</param>
/// <param name="Feeds">Makes it a partner's key, which is limited to this part of Feeds. Its role must be <c>reader</c>.</param>
/// <param name="RequestsPerMinute">Requests a minute, 1 to 1,000,000; the limit of every key by default.</param>
/// <param name="Access">What it reads of stories with a tier: by default everything, and with <c>feeds</c> what is free.</param>
public sealed record KeyRequest(
    string Name,
    Role Role,
    DateTimeOffset? ExpiresAt = null,
    FeedScopeRequest? Feeds = null,
    int? RequestsPerMinute = null,
    AccessTier? Access = null
);

/// <summary>The parameters of a rotation.</summary>
public sealed record RotationRequest
{
    /// <summary>The default overlap: a day.</summary>
    internal const int DefaultOverlap = 86_400;

    /// <summary>How long the former key stays valid: 0 to 2,592,000 seconds (thirty days); a day by default.</summary>
    public int? Overlap { get; init; }

    /// <summary>The instant from which the new key is not valid; that of the former key by default.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

internal sealed class RotationRequestValidator : AbstractValidator<RotationRequest>
{
    public RotationRequestValidator()
    {
        RuleFor(rotation => rotation.Overlap).InclusiveBetween(0, 2_592_000).WithMessage("From 0 to 2,592,000 seconds.");
        RuleFor(rotation => rotation.ExpiresAt).IsInFuture();
    }
}

internal static class ExpiryRule
{
    public static void IsInFuture<T>(this IRuleBuilder<T, DateTimeOffset?> rule) =>
        rule.MustAsync(
                async (_, expiry, context, cancellation) =>
                    expiry is null || expiry > await context.Service<NewsroomDbContext>().ClockAsync(cancellation)
            )
            .WithErrorCode("outOfRange")
            .WithMessage("It must be in the future.");
}

internal sealed class KeyRequestValidator : AbstractValidator<KeyRequest>
{
    public KeyRequestValidator(FeedScopeRequestValidator scopes)
    {
        RuleFor(key => key.Name).NotEmpty().WithMessage("A name is required.");
        RuleFor(key => key.Name).IsAsciiSlug();
        RuleFor(key => key.Name)
            .NotEqual(AdminKey.Name)
            .WithErrorCode("reserved")
            .WithMessage("The name is reserved for the key in the settings.");
        RuleFor(key => key.ExpiresAt).IsInFuture();
        RuleFor(key => key.Role)
            .Equal(Role.Reader)
            .When(key => key.Feeds is not null)
            .WithErrorCode("outOfRange")
            .WithMessage("A key that is limited to Feeds must have the role reader.");
        RuleFor(key => key.Feeds!).SetValidator(scopes).When(key => key.Feeds is not null);
        RuleFor(key => key.RequestsPerMinute).InclusiveBetween(1, 1_000_000).WithMessage("From 1 to 1,000,000 a minute.");
    }
}

/// <summary>A key, without its secret.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Name">The name of its holder.</param>
/// <param name="Role">Its role.</param>
/// <param name="PublicId">The public part of the key.</param>
/// <param name="Valid">Whether it is valid now.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CreatedBy">Who created it.</param>
/// <param name="ExpiresAt">The instant from which it is not valid; null is never.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="ReplacedAt">When another key of its name replaced it.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
/// <param name="Feeds">The limits of a partner's key.</param>
/// <param name="RequestsPerMinute">Requests a minute; null is the limit of every key.</param>
/// <param name="Access">The tier of stories whose bodies it reads whole.</param>
public sealed record KeyResponse(
    Guid Id,
    string Name,
    Role Role,
    string PublicId,
    bool Valid,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? ReplacedAt,
    DateTimeOffset? LastUsedAt,
    FeedScopeResponse? Feeds,
    int? RequestsPerMinute,
    AccessTier Access
)
{
    internal static KeyResponse Of(ApiKey key, DateTimeOffset now) =>
        new(
            key.Id,
            key.Name,
            key.Role,
            key.PublicId,
            key.IsValidAt(now),
            key.CreatedAt,
            key.CreatedBy,
            key.ExpiresAt,
            key.RevokedAt,
            key.ReplacedAt,
            key.LastUsedAt,
            key.Feeds is { } scope ? FeedScopeResponse.Of(scope) : null,
            key.RequestsPerMinute,
            key.Access ?? (key.Feeds is null ? AccessTier.Subscriber : AccessTier.Free)
        );
}

/// <summary>A new key.</summary>
/// <param name="Key">The key, which is shown only once.</param>
/// <param name="Details">The stored details.</param>
public sealed record NewKeyResponse(string Key, KeyResponse Details);

/// <summary>The keys.</summary>
/// <param name="Items">Newest first.</param>
public sealed record KeyList(IReadOnlyList<KeyResponse> Items)
{
    /// <summary>Always null: the list has one page.</summary>
    public string? NextCursor => null;
}
