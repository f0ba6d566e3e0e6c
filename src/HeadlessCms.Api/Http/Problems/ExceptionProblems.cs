using System.Text.Json;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HeadlessCms.Api.Http.Problems;

/// <summary>Maps exceptions to problem details, which disclose nothing internal.</summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = await BodyErrors.ProblemOfAsync(httpContext, exception)
            ?? await CurrentStateReader.TellAsync(Of(exception), httpContext);
        if (problem.StatusCode == StatusCodes.Status503ServiceUnavailable)
            LogUnavailable((exception.InnerException ?? exception).Message);
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Whether the exception is a client error (4xx).</summary>
    public static bool IsClientError(Exception exception) => Of(exception).StatusCode < 500;

    /// <summary>
    /// Whether the exception is no fault of the app: a client error, or a database that is slow or away. Such are not logged as errors with
    /// their stack, which would fill a disk during an outage.
    /// </summary>
    public static bool IsExpected(Exception exception) => Of(exception).StatusCode is < 500 or StatusCodes.Status503ServiceUnavailable;

    public static ProblemResult Of(Exception exception) =>
        exception switch
        {
            ProblemException { Problem: var problem } => problem,
            ForbiddenException { Message: var message } => new ProblemResult(403, "forbidden", "Forbidden", message),
            SlugTakenException taken => new ConflictProblem(taken.Rule, taken.Message) { HeldBy = HolderLink.Of(taken.Holder) },
            LanguageTakenException taken => new ConflictProblem(taken.Rule, taken.Message) { HeldBy = HolderLink.Of(taken.Holder) },
            RuleException rule => new ConflictProblem(rule.Rule, rule.Message),
            BadHttpRequestException { InnerException: JsonException json } => JsonErrors.ProblemOf(json),
            JsonException json => JsonErrors.ProblemOf(json),
            RefusedPatchException { InnerException: JsonException json } => JsonErrors.ProblemOf(json),
            BadHttpRequestException { StatusCode: 400, Message: var message } when message.Contains("body", StringComparison.Ordinal) =>
                new UnreadableProblem(InputError.At("", "required", "A JSON body is required.")),
            BadHttpRequestException bad => StatusProblems.Of(bad.StatusCode),
            DbUpdateConcurrencyException => new StaleProblem(),
            DbUpdateException { InnerException: PostgresException { SqlState: ['2', '2', ..] } } => new InvalidProblem(
                InputError.At("", "invalid", "A value does not fit where it is stored.")
            ),
            DbUpdateException { InnerException: NpgsqlException inner } => Of(inner),
            PostgresException { SqlState: PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable } => StatusProblems.Of(
                503
            ),
            PostgresException
            {
                SqlState: [.. "23", _, _, _] or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            } postgres => OfConstraint(postgres),
            NpgsqlException when DatabaseFailures.IsAway(exception) => StatusProblems.Of(503),
            NpgsqlException { IsTransient: true } => StatusProblems.Of(503),
            InvalidOperationException { InnerException: { } inner } when inner is NpgsqlException or DbUpdateException => Of(inner),
            _ => StatusProblems.Of(500),
        };

    private static ProblemResult OfConstraint(PostgresException exception) =>
        (exception.SqlState, exception.ConstraintName) switch
        {
            (_, "pk_revisions") => new StaleProblem(),
            (
                _,
                "pk_article_slugs"
                    or "pk_concept_slugs"
                    or "ix_articles_slug"
                    or "ix_concepts_kind_slug"
                    or "ex_publications_slug"
                    or "fk_articles_slug"
            ) => new ConflictProblem("slugTaken", "The slug is already in use."),
            (_, "ix_articles_external_id") => new ConflictProblem("externalIdTaken", "Another article has this externalId."),
            (_, "ix_concepts_code") => new ConflictProblem("codeTaken", "Another topic has this code."),
            (_, "ix_withdrawals_article_id") => new ConflictProblem("withdrawn", "The article is already withdrawn."),
            (_, "ix_api_keys_name") => new ConflictProblem("nameTaken", "Another key has this name."),
            (_, "ix_webhooks_name") => new ConflictProblem("nameTaken", "Another webhook has this name."),
            (_, "ex_publications_article") => new ConflictProblem(
                "alreadyLive",
                "Another publication of the article is live at that time."
            ),
            (_, "ck_publications_embargo") => new ConflictProblem("embargoed", "The revision is embargoed at that time."),
            (_, "ck_publications_trashed") => new ConflictProblem("trashed", "The article is in the trash; restore it first."),
            (_, "ck_publications_withdrawn") => new ConflictProblem("withdrawn", "The article is withdrawn; restore it first."),
            (_, "ck_concepts_merged_meanwhile") => new ConflictProblem(
                "merged",
                "A referenced concept was merged into another at the same time; try again."
            ),
            (_, "ck_concepts_acyclic") or (_, "ck_concepts_not_its_own_parent") => new ConflictProblem(
                "cycle",
                "The hierarchy would contain a cycle."
            ),
            (_, "ck_article_slugs_slug" or "ck_concept_slugs_slug") => new InvalidProblem(
                InputError.At("/slug", "invalidForm", "A slug is lower-case words, composed (NFC), joined by -.")
            ),
            (_, "ck_articles_language") => new ConflictProblem("languageTaken", "Another article of the story has that language."),
            (_, "ck_articles_one_level") => new ConflictProblem(
                "translationOfTranslation",
                "An article that is a translation has no translations itself."
            ),
            // From PostgreSQL 18 on, a foreign key that restricts a deletion reports restrict_violation.
            (PostgresErrorCodes.ForeignKeyViolation, _) or (PostgresErrorCodes.RestrictViolation, ['f', 'k', '_', ..]) =>
                new ConflictProblem("inUse", "The resource is still referenced, or a resource that it references no longer exists."),
            (PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.RestrictViolation, _) =>
                new ConflictProblem("conflict", "The change conflicts with existing data."),
            (PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure, _) => new ConflictProblem(
                "busy",
                "A concurrent request changed the same data; try again."
            ),
            _ => new InvalidProblem(InputError.At("", "invalid", "A value violates a database constraint.")),
        };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request was answered with 503: {Reason}")]
    private partial void LogUnavailable(string reason);
}
