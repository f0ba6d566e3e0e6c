using System.Globalization;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Webhooks;

/// <summary><c>/editorial/v1/webhooks/{webhook}/deliveries</c>: what a webhook was sent, what came of it, and how to send it again.</summary>
internal static class DeliveryEndpoints
{
    private const string Latest = "latest";
    private const int MostTries = 5;

    private static readonly Keyset<Delivery, long> NewestFirst = Keyset.Highest((Delivery row) => row.Id);

    public static void MapDeliveries(this RouteGroupBuilder webhooks)
    {
        webhooks.MapRead("/{webhook}/deliveries", List, "listDeliveries").For(Role.Admin);
        webhooks.MapRead("/{webhook}/deliveries/{delivery}", Read, "readDelivery").For(Role.Admin);
        webhooks.MapPost("/{webhook}/deliveries/{delivery}/replay", Replay).WithName("replayDelivery").For(Role.Admin);
        webhooks.MapPost("/{webhook}/replay", ReplayRange).WithName("replayWebhook").For(Role.Admin);
    }

    /// <summary>Lists what a webhook was sent, or is to be, newest first.</summary>
    /// <remarks>What was delivered or given up is kept for thirty days.</remarks>
    private static async Task<Results<PageResult<DeliveryResponse>, NotFoundProblem>> List(
        string webhook,
        [AsParameters] DeliveryListQuery query,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var id = await WebhookEndpoints.Find(db.Webhooks, webhook).Select(row => row.Id).SingleOrDefaultAsync(cancellation);
        if (id == Guid.Empty)
            return new NotFoundProblem();
        return new PageResult<DeliveryResponse>(
            await NewestFirst.ReadAsync(
                Filter(db.Deliveries.AsNoTracking().Where(row => row.WebhookId == id), query),
                query,
                rows => rows.Select(DeliveryResponse.Row),
                item => Cursor.At(item.Id),
                context
            )
        );
    }

    /// <summary>Reads a delivery, with the attempts to send it.</summary>
    /// <remarks>What the receiver answered is not kept: only its status, and how much there was of it.</remarks>
    private static async Task<Results<Ok<DeliveryResponse>, NotFoundProblem>> Read(
        string webhook,
        string delivery,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var found = await FindAsync(webhook, delivery, db, cancellation);
        return found is null ? new NotFoundProblem() : TypedResults.Ok(DeliveryResponse.Of(found, found.Attempts));
    }

    /// <summary>Sends a delivery again, at once.</summary>
    /// <remarks>It has the same `webhook-id` as before, and is tried as often as a new one. What waits to be tried again is tried now.</remarks>
    private static async Task<Results<Accepted<DeliveryResponse>, NotFoundProblem>> Replay(
        string webhook,
        string delivery,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryReplayAsync(webhook, delivery, db, cancellation);
            }
            catch (DbUpdateConcurrencyException) when (tries < MostTries)
            {
                db.ChangeTracker.Clear(); // it was just taken to be sent, or what came of that was noted: nobody's work that could be lost
            }
        }
    }

    private static async Task<Results<Accepted<DeliveryResponse>, NotFoundProblem>> TryReplayAsync(
        string webhook,
        string delivery,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var found = await FindAsync(webhook, delivery, db, cancellation);
        if (found is null)
            return new NotFoundProblem();
        MustBeEnabled(found.Webhook!);
        var now = await db.ClockAsync(cancellation);
        found.Replay(now);
        await db
            .Deliveries.Where(row =>
                row.WebhookId == found.WebhookId
                && row.SubjectId == found.SubjectId
                && row.State == DeliveryState.Pending
                && row.DueAt > now
            )
            .ExecuteUpdateAsync(row => row.SetProperty(waiting => waiting.DueAt, now), cancellation); // what waits for it
        found.Webhook!.NoteReplay(found.Id.ToString(CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Accepted(
            $"/editorial/v1/webhooks/{found.Webhook!.Name}/deliveries/{found.Id}",
            DeliveryResponse.Of(found, found.Attempts)
        );
    }

    /// <summary>Sends again all that happened between two instants.</summary>
    /// <remarks>
    /// From the change log, in its order: what was delivered, what was given up, and what happened while the webhook was disabled or not there
    /// yet. What was sent before has the same `webhook-id`: a receiver that heeds it sees nothing twice.
    /// </remarks>
    private static async Task<Results<Ok<ReplayResponse>, NotFoundProblem>> ReplayRange(
        string webhook,
        ReplayRequest request,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var found = await WebhookEndpoints.Find(db.Webhooks, webhook).SingleOrDefaultAsync(cancellation);
        if (found is null)
            return new NotFoundProblem();
        MustBeEnabled(found);
        var (from, to) = (request.From, request.To ?? await db.ClockAsync(cancellation));
        var count = await db
            .Database.SqlQuery<int>($"select replay_changes({found.Id}, {from}, {to}) as \"Value\"")
            .SingleAsync(cancellation);
        found.NoteReplay($"{count} from {from:O} to {to:O}");
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(new ReplayResponse(count));
    }

    private static void MustBeEnabled(Webhook webhook)
    {
        if (!webhook.IsEnabled)
            throw new RuleException("disabled", "The webhook is disabled: enable it first.");
    }

    private static async Task<Delivery?> FindAsync(string webhook, string delivery, NewsroomDbContext db, CancellationToken cancellation)
    {
        var webhooks = WebhookEndpoints.Find(db.Webhooks, webhook);
        var rows = db.Deliveries.Where(row => webhooks.Any(owner => owner.Id == row.WebhookId));
        if (delivery != Latest)
        {
            if (!long.TryParse(delivery, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            rows = rows.Where(row => row.Id == number);
        }

        return await rows.OrderByDescending(row => row.Id)
            .Include(row => row.Webhook)
            .Include(row => row.Attempts.OrderBy(attempt => attempt.Id))
            .FirstOrDefaultAsync(cancellation);
    }

    private static IQueryable<Delivery> Filter(IQueryable<Delivery> rows, DeliveryListQuery query)
    {
        if (query.State is { } state)
        {
            var value = EnumNames.Parse<DeliveryState>(state);
            rows = rows.Where(row => row.State == value);
        }

        if (query.Event is { } name)
        {
            var value = EnumNames.Parse<ChangeEvent>(name);
            rows = rows.Where(row => row.Event == value);
        }

        if (query.Subject is { } subject)
            rows = rows.Where(row => row.SubjectId == subject);
        return rows;
    }
}
