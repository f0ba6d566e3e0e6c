namespace HeadlessCms.Api.Http.Problems;

/// <summary>The types of all problems. They are stable: programs tell errors apart by them.</summary>
internal static class ProblemTypes
{
    /// <summary>The type of a problem that says no more than its status does (RFC 9457, 4.2.1).</summary>
    public const string Blank = "about:blank";

    private const string Prefix = "urn:headless-cms:problem:";

    private static readonly string[] Codes =
    [
        "alreadyLive",
        "begun",
        "busy",
        "codeTaken",
        "conflict",
        "cycle",
        "disabled",
        "embargoed",
        "emptyRange",
        "endsEarlier",
        "externalIdTaken",
        "forbidden",
        "hasTranslations",
        "historyGone",
        "idempotencyKeyInUse",
        "idempotencyKeyReused",
        "ifMatchRequired",
        "inUse",
        "internal",
        "invalid",
        "languageTaken",
        "merged",
        "methodNotAllowed",
        "nameTaken",
        "neverLive",
        "notBoth",
        "notFound",
        "notLive",
        "notReader",
        "notTrashed",
        "notValid",
        "ownTranslation",
        "pastIsFixed",
        "previewKeyUnreadable",
        "previewRefused",
        "quotaExceeded",
        "reserved",
        "sameConcept",
        "siteUrlMissing",
        "slugTaken",
        "stale",
        "timeout",
        "tooLarge",
        "tooMany",
        "tooManyOpenRequests",
        "translationOfTranslation",
        "trashed",
        "unauthenticated",
        "unavailable",
        "unreadable",
        "unsupportedMediaType",
        "withdrawn",
    ];

    /// <summary>All types, as the OpenAPI documents list them.</summary>
    public static IEnumerable<string> All => Codes.Select(Of).Append(Blank);

    /// <summary>The type of a code.</summary>
    public static string Of(string code) => code == Blank ? Blank : Prefix + code;
}
