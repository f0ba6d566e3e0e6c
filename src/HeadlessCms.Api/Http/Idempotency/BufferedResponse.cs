using System.Security.Cryptography;
using System.Text.Json;

namespace HeadlessCms.Api.Http.Idempotency;

/// <summary>An answer that was made before it is sent, so that it can be kept and sent again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers that are the answer's own.</param>
/// <param name="Body">The body.</param>
internal sealed record BufferedResponse(int Status, Dictionary<string, string> Headers, byte[] Body) : IResult, IStatusCodeHttpResult
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private static readonly string[] Kept = ["Content-Type", "Location", "ETag", "Link", "Cache-Control"];

    int? IStatusCodeHttpResult.StatusCode => Status;

    /// <summary>Whether it was given before.</summary>
    public bool IsReplayed { get; init; }

    /// <summary>Lets <paramref name="result"/> write, and keeps what it wrote.</summary>
    public static async Task<BufferedResponse> OfAsync(IResult result, HttpContext context)
    {
        var response = context.Response;
        var body = response.Body;
        using var written = new MemoryStream();
        response.Body = written;
        try
        {
            await result.ExecuteAsync(context);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            response.Body = body;
        }

        var headers = Kept.Where(name => response.Headers.ContainsKey(name))
            .ToDictionary(name => name, name => response.Headers[name].ToString());
        return new BufferedResponse(response.StatusCode, headers, written.ToArray());
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;
        if (IsReplayed)
            response.Headers["Idempotent-Replayed"] = "true";
        if (Body.Length > 0)
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }

    /// <summary>Readable with <paramref name="secret"/> alone: an answer may hold a key that is shown once.</summary>
    public byte[] Encrypt(byte[] secret)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(this with { IsReplayed = true });
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(secret, TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes));
        return box;
    }

    /// <summary>The answer that was kept; null where <paramref name="secret"/> is not the one that it was encrypted with.</summary>
    public static BufferedResponse? Decrypt(byte[] kept, byte[] secret)
    {
        var plain = new byte[kept.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(secret, TagBytes);
        try
        {
            cipher.Decrypt(kept.AsSpan(0, NonceBytes), kept.AsSpan(NonceBytes + TagBytes), kept.AsSpan(NonceBytes, TagBytes), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return JsonSerializer.Deserialize<BufferedResponse>(plain);
    }
}
