using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HeadlessCms.Api.Http.Idempotency;

/// <summary>A response as it was sent, or will be, so that it can be stored and replayed.</summary>
internal sealed record BufferedResponse(int Status, Dictionary<string, string> Headers, byte[] Body) : IResult, IStatusCodeHttpResult
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private static readonly string[] StoredHeaders = ["Content-Type", "Location", "ETag", "Link", "Cache-Control"];

    int? IStatusCodeHttpResult.StatusCode => Status;

    public bool IsReplayed { get; init; }

    /// <summary>Whether it was sent while it was captured.</summary>
    [JsonIgnore]
    public bool IsSent { get; init; }

    /// <summary>Executes <paramref name="result"/> and captures its response.</summary>
    /// <param name="result">The result.</param>
    /// <param name="context">The request.</param>
    /// <param name="isStreamed">Whether it is sent meanwhile.</param>
    public static async Task<BufferedResponse> OfAsync(IResult result, HttpContext context, bool isStreamed)
    {
        var response = context.Response;
        var body = response.Body;
        await using var written = isStreamed ? new CopiedBody(body) : new MemoryStream();
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

        var headers = StoredHeaders
            .Where(name => response.Headers.ContainsKey(name))
            .ToDictionary(name => name, name => response.Headers[name].ToString());
        return new BufferedResponse(response.StatusCode, headers, written.ToArray()) { IsSent = response.HasStarted };
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (IsSent)
            return;
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;
        if (IsReplayed)
            response.Headers["Idempotent-Replayed"] = "true";
        if (Body.Length > 0)
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }

    /// <summary>Encrypts the response, because it may contain an API key that is shown once.</summary>
    public byte[] Encrypt(byte[] secret)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(this with { IsReplayed = true });
        var encrypted = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(encrypted.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(secret, TagBytes);
        cipher.Encrypt(
            encrypted.AsSpan(0, NonceBytes),
            plain,
            encrypted.AsSpan(NonceBytes + TagBytes),
            encrypted.AsSpan(NonceBytes, TagBytes)
        );
        return encrypted;
    }

    /// <summary>Decrypts a stored response; null if it was encrypted with another secret.</summary>
    public static BufferedResponse? Decrypt(byte[] stored, byte[] secret)
    {
        var plain = new byte[stored.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(secret, TagBytes);
        try
        {
            cipher.Decrypt(stored.AsSpan(0, NonceBytes), stored.AsSpan(NonceBytes + TagBytes), stored.AsSpan(NonceBytes, TagBytes), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return JsonSerializer.Deserialize<BufferedResponse>(plain);
    }
}
