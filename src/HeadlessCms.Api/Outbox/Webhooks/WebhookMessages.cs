using System.Text.Json;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Webhooks;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>
/// Writes the bodies of webhook requests from what is live when they are sent, so that a withdrawn story is not sent. It reads
/// only what readers may see.
/// </summary>
internal sealed class WebhookMessages(LiveReader reader, Site site, IOptions<JsonOptions> json)
{
    /// <summary>The bodies of deliveries, in one statement.</summary>
    public async Task<IReadOnlyList<byte[]>> WriteAsync(IReadOnlyList<LeasedDelivery> deliveries, CancellationToken cancellation)
    {
        var positions = deliveries.Select(delivery => delivery.Position).OfType<long>().Distinct().ToArray();
        var subjects = positions.Length == 0 ? [] : await SubjectsAsync(positions, cancellation);
        return
        [
            .. deliveries.Select(delivery =>
                JsonSerializer.SerializeToUtf8Bytes(
                    new WebhookMessage(delivery.Event, delivery.At, SubjectOf(delivery, subjects)),
                    json.Value.SerializerOptions
                )
            ),
        ];
    }

    private static WebhookSubject SubjectOf(LeasedDelivery delivery, Dictionary<long, WebhookSubject> subjects) =>
        delivery.Position is not { } position
            ? new WebhookSubject(delivery.SubjectId, "webhook")
            : subjects.GetValueOrDefault(position)
                ?? new WebhookSubject(delivery.SubjectId, ChangeEvents.SubjectOf(delivery.Event)) { Sequence = position };

    private async Task<Dictionary<long, WebhookSubject>> SubjectsAsync(long[] positions, CancellationToken cancellation)
    {
        await using var live = reader.OpenAt(positions.Max()); // another node may have dispatched them, ahead of a replica
        var rows = await live
            .Changes.Where(change => positions.Contains(change.Position))
            .LeftJoin(
                live.Articles,
                change => change.Id,
                article => article.Id,
                (change, article) => new { Change = change, Article = article }
            )
            .LeftJoin(
                live.Concepts,
                row => row.Change.MergedIntoId ?? row.Change.Id,
                concept => concept.Id,
                (row, concept) =>
                    new
                    {
                        row.Change.Position,
                        row.Change.Id,
                        row.Change.Kind,
                        row.Change.Reason,
                        IsMerged = row.Change.MergedIntoId != null,
                        Article = row.Article == null
                            ? null
                            : new
                            {
                                row.Article.Slug,
                                row.Article.Headline,
                                row.Article.Language,
                                row.Article.Revision,
                                row.Article.PublishedAt,
                                row.Article.UpdatedAt,
                            },
                        Concept = concept == null ? null : new ConceptLink(concept.Id, concept.Slug, concept.Name),
                    }
            )
            .ToListAsync(cancellation);
        return rows.ToDictionary(
            row => row.Position,
            row =>
            {
                var subject = new WebhookSubject(row.Id, row.Kind) { Sequence = row.Position, Reason = row.Reason };
                if (row.Article is { } article)
                {
                    return subject with
                    {
                        Slug = article.Slug,
                        Url = site.Url is { } url ? Address.Ascii($"{url}/{article.Slug}") : null,
                        Href = ContentPath.Of(row.Kind, article.Slug),
                        Headline = article.Headline,
                        Language = article.Language,
                        Revision = article.Revision,
                        PublishedAt = article.PublishedAt,
                        UpdatedAt = article.UpdatedAt,
                    };
                }

                return row.Concept is not { } concept ? subject
                    : row.IsMerged ? subject with { MergedInto = concept }
                    : subject with { Slug = concept.Slug, Name = concept.Name, Href = ContentPath.Of(row.Kind, concept.Slug) };
            }
        );
    }
}
