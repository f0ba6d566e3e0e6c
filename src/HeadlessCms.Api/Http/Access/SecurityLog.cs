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

    private static readonly Event OnAuthenticationFailed = new(1, "authenticationFailed", "Authentication failed");
    private static readonly Event OnAuthorisationFailed = new(2, "authorisationFailed", "Authorisation failed");
    private static readonly Event OnScopeRefused = new(3, "scopeRefused", "Outside the scope of the key");
    private static readonly Event OnRateLimited = new(4, "rateLimited", "Rate limit exceeded");
    private static readonly Event OnSignInsLimited = new(5, "signInsLimited", "Too many refused credentials");

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

    /// <summary>401, or a public route that was read without the refused credential.</summary>
    public void AuthenticationFailed(HttpContext context, CredentialRefusal reason) =>
        Write(OnAuthenticationFailed, EnumNames.Of(reason), context);

    /// <summary>403: the role of the caller does not allow the operation.</summary>
    public void AuthorisationFailed(HttpContext context) => Write(OnAuthorisationFailed, "role", context);

    /// <summary>403: a partner's key was used outside its feeds.</summary>
    public void ScopeRefused(HttpContext context) => Write(OnScopeRefused, "feeds", context);

    /// <summary>429; logged once a minute for each <paramref name="subject"/>: the address or caller whose requests were counted.</summary>
    public void RateLimited(HttpContext context, string limit, string subject) =>
        Write(OnRateLimited, limit, context, isLogged: IsFirstOfMinute($"{limit} {subject}"));

    /// <summary>429: an address sent too many credentials that were refused; logged once a minute.</summary>
    public void SignInsLimited(HttpContext context, string address) =>
        Write(OnSignInsLimited, "address", context, isLogged: IsFirstOfMinute($"signIns {address}"));

    public void Dispose() => _oncePerMinute.Dispose();

    private bool IsFirstOfMinute(string subject)
    {
        using var lease = _oncePerMinute.AttemptAcquire(subject);
        return lease.IsAcquired;
    }

    private void Write(Event what, string reason, HttpContext context, bool isLogged = true)
    {
        _events.Add(1, new("event", what.Name), new("reason", reason));
        if (!isLogged)
            return;
        what.Write(
            _logger,
            reason,
            Shorten(context.Request.Method, MaxMethodLength),
            Shorten(KeyInPath().Replace(context.Request.Path.ToUriComponent(), "cms_..."), MaxPathLength),
            context.Address(),
            ApiKey.TryParse(SentCredentials.Bearer(context.Request), out var publicId, out _) ? publicId : null,
            context.User.Identity is { IsAuthenticated: true } ? Escape(context.User.SignedName()) : null,
            null
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

    private sealed class Event(int id, string name, string text)
    {
        public string Name { get; } = name;

        /// <summary>Writes the reason, method, path, address, public id of the key and name of the caller.</summary>
        public Action<ILogger, string, string, string, string?, string?, string?, Exception?> Write { get; } =
            LoggerMessage.Define<string, string, string, string?, string?, string?>(
                LogLevel.Warning,
                new EventId(id, name),
                text + ": {Reason}. {Method} {Path} from {Address}, key {KeyId}, caller \"{Caller}\""
            );
    }
}
