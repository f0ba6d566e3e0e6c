using System.Security.Cryptography;
using System.Text;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Requests;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Http.Idempotency;

/// <summary>
/// A write with an Idempotency-Key (IETF draft-ietf-httpapi-idempotency-key-header): repeated with the same body within a day, it gets the
/// same response and has no further effect. That is of use for a PUT too: its If-Match names what it has replaced itself, so without the
/// key a client whose connection was lost would get 412 and could not tell its own change from another's.
/// </summary>
internal sealed class IdempotentRequest
{
    public const string Header = "Idempotency-Key";
    private const int MaxKeyLength = 255;

    public static readonly ConflictProblem Running = new(
        "idempotencyKeyInUse",
        "A request with this Idempotency-Key is still running; try again later."
    );
    private static readonly ProblemResult Reused = new(
        422,
        "idempotencyKeyReused",
        "Idempotency-Key reused",
        "The key was used for another request; a new request needs a new key."
    );

    private readonly string _caller;
    private readonly string _route;
    private readonly byte[] _keyHash;
    private readonly byte[] _fingerprint;
    private readonly byte[] _secret;

    private IdempotentRequest(HttpContext context, string key, byte[] fingerprint)
    {
        (_caller, _route, _fingerprint) = (context.User.CallerId(), $"{context.Request.Method} {context.Request.Path}", fingerprint);
        _keyHash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        var credential = ApiKeyHandler.SentKey(context.Request) ?? _caller;
        _secret = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes($"{key}\n{credential}"),
            32,
            info: "stored answer"u8.ToArray()
        );
    }

    /// <summary>Whether requests of a method may have a key.</summary>
    public static bool IsTakenBy(string method) =>
        HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method);

    /// <summary>Parses the header: a structured-field string (RFC 9651), or the same without quotes. Null if it is not valid.</summary>
    public static string? KeyOf(string header)
    {
        var key = header is ['"', .. var quoted, '"'] ? quoted : header;
        return key.Length is > 0 and <= MaxKeyLength && key.All(character => character is >= ' ' and <= '~' and not '"' and not '\\')
            ? key
            : null;
    }

    /// <summary>Reads the whole body for the fingerprint, and rewinds it.</summary>
    public static async Task<IdempotentRequest> OfAsync(HttpContext context, string key)
    {
        context.Request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.QueryString}\n"));
        if (context.Request.Headers.IfMatch is { Count: > 0 } condition)
            hash.AppendData(Encoding.UTF8.GetBytes($"{condition}\n"));
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            hash.AppendData(buffer, 0, count);
        context.Request.Body.Position = 0;
        return new IdempotentRequest(context, key, hash.GetHashAndReset());
    }

    /// <summary>The stored response, or 422 if the key belongs to another request; null if there is none.</summary>
    public async Task<IResult?> AnsweredAsync(NewsroomDbContext db, CancellationToken cancellation)
    {
        var stored = await db
            .IdempotencyRecords.AsNoTracking()
            .SingleOrDefaultAsync(
                row =>
                    row.By == _caller && row.Route == _route && row.KeyHash == _keyHash && row.CreatedAt > DatabaseClock.Now().AddDays(-1),
                cancellation
            );
        if (stored is null)
            return null;
        return stored.Fingerprint.AsSpan().SequenceEqual(_fingerprint) && BufferedResponse.Decrypt(stored.Response, _secret) is { } response
            ? response
            : Reused;
    }

    /// <summary>Locks the key on all nodes until the transaction ends; false if another request holds the lock.</summary>
    public async Task<bool> IsFirstAsync(NewsroomDbContext db, CancellationToken cancellation)
    {
        var name = $"{_caller}\n{_route}\n{Convert.ToHexString(_keyHash)}";
        return await db
            .Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock(hashtextextended({name}, 1)) as \"Value\"")
            .SingleAsync(cancellation);
    }

    /// <summary>Stores the response for a day, and deletes expired ones.</summary>
    public async Task KeepAsync(BufferedResponse response, NewsroomDbContext db, CancellationToken cancellation)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from idempotency_records where (by, route, key_hash) in (
              select by, route, key_hash from idempotency_records
              where created_at <= cms_now() - interval '1 day'
              order by (by, route, key_hash) = ({_caller}, {_route}, {_keyHash}) desc, created_at
              limit 20 for update skip locked)
            """,
            cancellation
        );
        db.IdempotencyRecords.Add(new IdempotencyRecord(_caller, _route, _keyHash, _fingerprint, response.Encrypt(_secret)));
        await db.SaveChangesAsync(cancellation);
    }
}
