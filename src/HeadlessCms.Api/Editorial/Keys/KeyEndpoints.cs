using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Access;
using HeadlessCms.Api.Platform.Problems;
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
        keys.MapDelete("/{key}", Revoke).WithName("revokeKey").For(Role.Admin);
    }

    /// <summary>Lists the keys, newest first, the revoked ones too.</summary>
    private static async Task<Ok<KeyList>> List(NewsroomDbContext db, CancellationToken cancellation)
    {
        var now = await db.ClockAsync(cancellation);
        var keys = await db.ApiKeys.AsNoTracking().OrderByDescending(key => key.CreatedAt).ThenByDescending(key => key.Id).ToListAsync(cancellation);
        return TypedResults.Ok(new KeyList([.. keys.Select(key => KeyResponse.Of(key, now))]));
    }

    /// <summary>Makes a key.</summary>
    /// <remarks>The answer shows it, once: only its hash is kept.</remarks>
    private static async Task<Created<NewKeyResponse>> Create(KeyRequest request, NewsroomDbContext db, ClaimsPrincipal caller, CancellationToken cancellation)
    {
        var now = await db.ClockAsync(cancellation);
        var text = ApiKey.NewText();
        var key = new ApiKey(text, request.Name, request.Role, request.ExpiresAt, caller.SignedName(), now);
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created($"/editorial/v1/keys/{key.Name}", new NewKeyResponse(text, KeyResponse.Of(key, now)));
    }

    /// <summary>Revokes a key: from now on it opens nothing, on any node.</summary>
    private static async Task<Results<NoContent, NotFoundProblem>> Revoke(string key, NewsroomDbContext db, CancellationToken cancellation)
    {
        var found = Guid.TryParseExact(key, "D", out var id)
            ? await db.ApiKeys.SingleOrDefaultAsync(row => row.Id == id, cancellation)
            : await db.ApiKeys.Where(row => row.RevokedAt == null && (row.Name == key || row.PublicId == key))
                .OrderByDescending(row => row.Name == key).FirstOrDefaultAsync(cancellation); // a name comes before a public id
        if (found is null) return new NotFoundProblem();
        found.Revoke(await db.ClockAsync(cancellation));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }
}

/// <summary>A key to be made.</summary>
/// <param name="Name">What its holder is called, as a slug; saves are signed with it. It is free again once the key is revoked.</param>
/// <param name="Role">What it may do.</param>
/// <param name="ExpiresAt">From this instant it opens nothing; missing is never.</param>
public sealed record KeyRequest(string Name, Role Role, DateTimeOffset? ExpiresAt = null);

/// <summary>The rules of a key.</summary>
internal sealed class KeyRequestValidator : AbstractValidator<KeyRequest>
{
    public KeyRequestValidator(NewsroomDbContext db)
    {
        RuleFor(key => key.Name).NotEmpty().WithMessage("A name is required.");
        RuleFor(key => key.Name).IsSlug();
        RuleFor(key => key.Name).NotEqual(AdminKey.Name).WithErrorCode("reserved").WithMessage("That is the name of the key in the settings.");
        RuleFor(key => key.ExpiresAt).MustAsync(async (expiry, cancellation) => expiry is null || expiry > await db.ClockAsync(cancellation))
            .WithErrorCode("outOfRange").WithMessage("It must lie in the future.");
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
public sealed record KeyResponse(
    Guid Id, string Name, Role Role, string PublicId, bool Valid, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    internal static KeyResponse Of(ApiKey key, DateTimeOffset now) =>
        new(key.Id, key.Name, key.Role, key.PublicId, key.IsValidAt(now), key.CreatedAt, key.CreatedBy, key.ExpiresAt, key.RevokedAt);
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
