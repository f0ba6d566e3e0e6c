using System.Security.Cryptography;
using System.Text;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Requests;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Http.Idempotency;

/// <summary>
/// A POST with an Idempotency-Key (IETF draft-ietf-httpapi-idempotency-key-header): sent again with the same body it gets the same answer,
/// for a day, and does nothing more.
/// </summary>
internal sealed class IdempotentRequest
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    public static readonly ConflictProblem Running = new(
        "idempotencyKeyInUse",
        "A request with this Idempotency-Key is still running; ask again in a moment."
    );
    private static readonly ProblemResult Reused = new(
        422,
        "idempotencyKeyReused",
        "Idempotency-Key used before",
        "The key was sent before with another request: a new request needs a new key."
    );

    private readonly string _by;
    private readonly string _route;
    private readonly byte[] _keyHash;
    private readonly byte[] _fingerprint;
    private readonly byte[] _secret;

    private IdempotentRequest(HttpContext context, string key, byte[] fingerprint)
    {
        (_by, _route, _fingerprint) = (context.User.SignedName(), $"{context.Request.Method} {context.Request.Path}", fingerprint);
        _keyHash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        var credential = ApiKeyHandler.SentKey(context.Request) ?? _by;
        _secret = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes($"{key}\n{credential}"),
            32,
            info: "stored answer"u8.ToArray()
        );
    }

    /// <summary>The key in its header: a structured-field string (RFC 9651), or the same without its quotes. Null where it is none.</summary>
    public static string? KeyOf(string header)
    {
        var key = header is ['"', .. var quoted, '"'] ? quoted : header;
        return key.Length is > 0 and <= LongestKey && key.All(character => character is >= ' ' and <= '~' and not '"' and not '\\')
            ? key
            : null;
    }

    /// <summary>Reads the request whole, and leaves its body to be read again.</summary>
    public static async Task<IdempotentRequest> OfAsync(HttpContext context, string key)
    {
        context.Request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.QueryString}\n"));
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            hash.AppendData(buffer, 0, count);
        context.Request.Body.Position = 0;
        return new IdempotentRequest(context, key, hash.GetHashAndReset());
    }

    /// <summary>What the request was answered before: the same again, or 422 where the key was another request's.</summary>
    public async Task<IResult?> AnsweredAsync(NewsroomDbContext db, CancellationToken cancellation)
    {
        var kept = await db
            .IdempotencyRecords.AsNoTracking()
            .SingleOrDefaultAsync(
                row => row.By == _by && row.Route == _route && row.KeyHash == _keyHash && row.CreatedAt > DatabaseClock.Now().AddDays(-1),
                cancellation
            );
        if (kept is null)
            return null;
        return kept.Fingerprint.AsSpan().SequenceEqual(_fingerprint) && BufferedResponse.Decrypt(kept.Answer, _secret) is { } answer
            ? answer
            : Reused;
    }

    /// <summary>Whether no other request with the key is running, on any node; none can begin until the transaction ends.</summary>
    public async Task<bool> IsFirstAsync(NewsroomDbContext db, CancellationToken cancellation)
    {
        var name = $"{_by}\n{_route}\n{Convert.ToHexString(_keyHash)}";
        return await db
            .Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock(hashtextextended({name}, 1)) as \"Value\"")
            .SingleAsync(cancellation);
    }

    /// <summary>Keeps the answer for a day, and forgets those that are older.</summary>
    public async Task KeepAsync(BufferedResponse answer, NewsroomDbContext db, CancellationToken cancellation)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from idempotency_records where (by, route, key_hash) in (
              select by, route, key_hash from idempotency_records
              where created_at <= cms_now() - interval '1 day' order by (by, route, key_hash) = ({_by}, {_route}, {_keyHash}) desc, created_at
              limit 20 for update skip locked)
            """,
            cancellation
        );
        db.IdempotencyRecords.Add(new IdempotencyRecord(_by, _route, _keyHash, _fingerprint, answer.Encrypt(_secret)));
        await db.SaveChangesAsync(cancellation);
    }
}
