using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Keys;

/// <summary><c>/editorial/v1/keys</c>: the keys that let programs in.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this RouteGroupBuilder editorial)
    {
        var keys = editorial.MapGroup("/keys").WithTags("Keys");
        keys.MapRead("/", List, "listKeys").For(Role.Admin);
        keys.MapPost("/", Create).WithName("createKey").For(Role.Admin);
        keys.MapPost("/{key}/rotate", Rotate).WithName("rotateKey").For(Role.Admin);
        keys.MapDelete("/{key}", Revoke).WithName("revokeKey").For(Role.Admin);
    }

    /// <summary>Lists the keys, newest first, the revoked ones too.</summary>
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

    /// <summary>Makes a key.</summary>
    /// <remarks>The answer shows it, once: only its hash is kept.</remarks>
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
            request.RequestsPerMinute
        );
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created($"/editorial/v1/keys/{key.Name}", new NewKeyResponse(text, KeyResponse.Of(key, now)));
    }

    /// <summary>Gives a key a new secret.</summary>
    /// <remarks>
    /// The answer shows the new key, once. The old one opens for a while yet, a day where nobody says otherwise, so that its holder can
    /// change over. Two keys of a name are live at most: one that was replaced before is revoked.
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
            throw new RuleException("reserved", "That key is in the settings: change it there.");
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

    /// <summary>Revokes a key: from now on it opens nothing, on any node.</summary>
    /// <remarks>By its name, all its live secrets; by an id, that one.</remarks>
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

    // A name comes before a public id, and means all that are live of it.
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

/// <summary>A key to be made.</summary>
/// <param name="Name">What its holder is called, as a slug; saves are signed with it. It is free again once the key is revoked.</param>
/// <param name="Role">What it may do.</param>
/// <param name="ExpiresAt">From this instant it opens nothing; missing is never.</param>
/// <param name="Feeds">Makes it a partner's key: it opens Feeds alone, and of them what this says. Its role is <c>reader</c>.</param>
/// <param name="RequestsPerMinute">How many requests a minute it may send, 1 to 1,000,000; missing is as many as any key.</param>
public sealed record KeyRequest(
    string Name,
    Role Role,
    DateTimeOffset? ExpiresAt = null,
    FeedScopeRequest? Feeds = null,
    int? RequestsPerMinute = null
);

/// <summary>How a key gets a new secret.</summary>
public sealed record RotationRequest
{
    /// <summary>How long the old one opens yet where nobody says: a day.</summary>
    internal const int DefaultOverlap = 86_400;

    /// <summary>How long the old one opens yet: 0 to 2,592,000 seconds, thirty days; a day where it is missing.</summary>
    public int? Overlap { get; init; }

    /// <summary>From this instant the new one opens nothing; where it is missing, as the old one had it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>The rules of a rotation.</summary>
internal sealed class RotationRequestValidator : AbstractValidator<RotationRequest>
{
    public RotationRequestValidator()
    {
        RuleFor(rotation => rotation.Overlap).InclusiveBetween(0, 2_592_000).WithMessage("From 0 to 2,592,000 seconds.");
        RuleFor(rotation => rotation.ExpiresAt)
            .MustAsync(
                async (_, expiry, context, cancellation) =>
                    expiry is null || expiry > await context.Service<NewsroomDbContext>().ClockAsync(cancellation)
            )
            .WithErrorCode("outOfRange")
            .WithMessage("It must lie in the future.");
    }
}

/// <summary>The rules of a key.</summary>
internal sealed class KeyRequestValidator : AbstractValidator<KeyRequest>
{
    public KeyRequestValidator(FeedScopeRequestValidator scopes)
    {
        RuleFor(key => key.Name).NotEmpty().WithMessage("A name is required.");
        RuleFor(key => key.Name).IsSlug();
        RuleFor(key => key.Name)
            .NotEqual(AdminKey.Name)
            .WithErrorCode("reserved")
            .WithMessage("That is the name of the key in the settings.");
        RuleFor(key => key.ExpiresAt)
            .MustAsync(
                async (_, expiry, context, cancellation) =>
                    expiry is null || expiry > await context.Service<NewsroomDbContext>().ClockAsync(cancellation)
            )
            .WithErrorCode("outOfRange")
            .WithMessage("It must lie in the future.");
        RuleFor(key => key.Role)
            .Equal(Role.Reader)
            .When(key => key.Feeds is not null)
            .WithErrorCode("outOfRange")
            .WithMessage("A key that opens Feeds alone is a reader's.");
        RuleFor(key => key.Feeds!).SetValidator(scopes).When(key => key.Feeds is not null);
        RuleFor(key => key.RequestsPerMinute).InclusiveBetween(1, 1_000_000).WithMessage("From 1 to 1,000,000 a minute.");
    }
}

/// <summary>A key, without its secret.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Name">What its holder is called.</param>
/// <param name="Role">What it may do.</param>
/// <param name="PublicId">The public part of the key.</param>
/// <param name="Valid">Whether it opens anything now.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="ExpiresAt">From this instant it opens nothing; null is never.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="ReplacedAt">When another secret of its name took its place.</param>
/// <param name="LastUsedAt">When it last let somebody in, to the minute.</param>
/// <param name="Feeds">What it opens where it is a partner's: Feeds alone.</param>
/// <param name="RequestsPerMinute">How many requests a minute it may send; null is as many as any key.</param>
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
    FeedScope? Feeds,
    int? RequestsPerMinute
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
            key.Feeds,
            key.RequestsPerMinute
        );
}

/// <summary>A new key.</summary>
/// <param name="Key">The key itself, shown this once.</param>
/// <param name="Details">What is kept of it.</param>
public sealed record NewKeyResponse(string Key, KeyResponse Details);

/// <summary>The keys.</summary>
/// <param name="Items">Newest first.</param>
public sealed record KeyList(IReadOnlyList<KeyResponse> Items)
{
    /// <summary>Always null: the list is whole.</summary>
    public string? NextCursor => null;
}
