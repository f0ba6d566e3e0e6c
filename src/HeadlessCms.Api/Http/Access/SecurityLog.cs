using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.RateLimiting;
using HeadlessCms.Api.Hosting.Telemetry;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Access;

namespace HeadlessCms.Api.Http.Access;

/// <summary>
/// Logs and counts what a monitor of attacks needs (OWASP ASVS 16.3): refused credentials, refused operations and exceeded limits. Log
/// lines have neither secrets nor query strings, and text of the caller cannot forge a line or a field.
/// </summary>
internal sealed partial class SecurityLog : IDisposable
{
    public const string Category = "HeadlessCms.Security";
    public const string Counter = "headless_cms.security_events";

    private const int MaxPathLength = 300;
    private const int MaxMethodLength = 20;

    private readonly ILogger _logger;
    private readonly Counter<long> _events;

    // A caller above a limit may send any number of requests: a line for each would fill the disk.
    private readonly PartitionedRateLimiter<string> _oncePerMinute = PartitionedRateLimiter.Create<string, string>(subject =>
        RateLimitPartition.GetFixedWindowLimiter(subject, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = 1,
            Window = TimeSpan.FromMinutes(1),
        })
    );

    public SecurityLog(ILoggerFactory loggers, IMeterFactory meters)
    {
        _logger = loggers.CreateLogger(Category);
        _events = meters
            .Create(MetricsEndpoint.Meter)
            .CreateCounter<long>(Counter, description: "Refused credentials, refused operations and exceeded limits, by event and reason.");
    }

    private delegate void Line(ILogger logger, string reason, string method, string path, string? address, string? key, string? caller);

    /// <summary>401, or a public route that was read without the refused credential.</summary>
    public void AuthenticationFailed(HttpContext context, CredentialRefusal reason) =>
        Write("authenticationFailed", EnumNames.Of(reason), context, WriteAuthenticationFailed);

    /// <summary>403: the role of the caller does not allow the operation.</summary>
    public void AuthorisationFailed(HttpContext context) => Write("authorisationFailed", "role", context, WriteAuthorisationFailed);

    /// <summary>403: a partner's key was used outside its feeds.</summary>
    public void ScopeRefused(HttpContext context) => Write("scopeRefused", "feeds", context, WriteScopeRefused);

    /// <summary>429; logged once a minute for each <paramref name="subject"/>: the address or caller whose requests were counted.</summary>
    public void RateLimited(HttpContext context, string limit, string subject) =>
        Write("rateLimited", limit, context, IsFirstOfMinute($"{limit} {subject}") ? WriteRateLimited : null);

    /// <summary>429: an address sent too many credentials that were refused; logged once a minute.</summary>
    public void SignInsLimited(HttpContext context, string address) =>
        Write("signInsLimited", "address", context, IsFirstOfMinute($"signIns {address}") ? WriteSignInsLimited : null);

    public void Dispose() => _oncePerMinute.Dispose();

    private bool IsFirstOfMinute(string subject)
    {
        using var lease = _oncePerMinute.AttemptAcquire(subject);
        return lease.IsAcquired;
    }

    private void Write(string name, string reason, HttpContext context, Line? line)
    {
        _events.Add(1, new("event", name), new("reason", reason));
        line?.Invoke(
            _logger,
            reason,
            Shorten(context.Request.Method, MaxMethodLength),
            Shorten(KeyInPath().Replace(context.Request.Path.ToUriComponent(), "cms_..."), MaxPathLength),
            context.Address(),
            ApiKey.TryParse(SentCredentials.Bearer(context.Request), out var publicId, out _) ? publicId : null,
            context.User.Identity is { IsAuthenticated: true } ? Escape(context.User.SignedName()) : null
        );
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length] + "...";

    // Escapes what could end a line or a quoted field, or change how the text around it is shown.
    private static string Escape(string text) =>
        string.Concat(
            text.Select(character =>
                character is '"' or '\\'
                || char.GetUnicodeCategory(character)
                    is UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                    ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                    : character.ToString()
            )
        );

    [GeneratedRegex("cms_[a-z0-9]{8}_[A-Za-z0-9]+")]
    private static partial Regex KeyInPath();

    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Authentication failed: {Reason}. {Method} {Path} from {Address}, key {KeyId}, caller \"{Caller}\"",
        EventName = "authenticationFailed"
    )]
    private static partial void WriteAuthenticationFailed(
        ILogger logger,
        string reason,
        string method,
        string path,
        string? address,
        string? keyId,
        string? caller
    );

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Authorisation failed: {Reason}. {Method} {Path} from {Address}, key {KeyId}, caller \"{Caller}\"",
        EventName = "authorisationFailed"
    )]
    private static partial void WriteAuthorisationFailed(
        ILogger logger,
        string reason,
        string method,
        string path,
        string? address,
        string? keyId,
        string? caller
    );

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "Outside the scope of the key: {Reason}. {Method} {Path} from {Address}, key {KeyId}, caller \"{Caller}\"",
        EventName = "scopeRefused"
    )]
    private static partial void WriteScopeRefused(
        ILogger logger,
        string reason,
        string method,
        string path,
        string? address,
        string? keyId,
        string? caller
    );

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "Rate limit exceeded: {Reason}. {Method} {Path} from {Address}, key {KeyId}, caller \"{Caller}\"",
        EventName = "rateLimited"
    )]
    private static partial void WriteRateLimited(
        ILogger logger,
        string reason,
        string method,
        string path,
        string? address,
        string? keyId,
        string? caller
    );

    [LoggerMessage(
        5,
        LogLevel.Warning,
        "Too many refused credentials: {Reason}. {Method} {Path} from {Address}, key {KeyId}, caller \"{Caller}\"",
        EventName = "signInsLimited"
    )]
    private static partial void WriteSignInsLimited(
        ILogger logger,
        string reason,
        string method,
        string path,
        string? address,
        string? keyId,
        string? caller
    );
}
