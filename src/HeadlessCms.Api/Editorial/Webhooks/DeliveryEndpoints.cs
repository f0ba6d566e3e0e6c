using System.Globalization;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Webhooks;

/// <summary><c>/editorial/v1/webhooks/{webhook}/deliveries</c>: the deliveries of a webhook, and their replay.</summary>
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

    /// <summary>Lists the deliveries of a webhook, newest first.</summary>
    /// <remarks>Delivered and given up deliveries are kept for thirty days.</remarks>
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

    /// <summary>Reads a delivery with its attempts.</summary>
    /// <remarks>Of the receiver's answer only the status and the length are stored.</remarks>
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
    /// <remarks>It has the same `webhook-id` as before, and all retries. A delivery that waits for a retry is sent now.</remarks>
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
                db.ChangeTracker.Clear(); // a node leased it or recorded an attempt; no user's change can be lost
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
        await db.LockedWebhook(webhook).LoadAsync(cancellation);
        var found = await FindAsync(webhook, delivery, db, cancellation);
        if (found is null)
            return new NotFoundProblem();
        found.Webhook!.NoteReplay(found.Id.ToString(CultureInfo.InvariantCulture));
        var now = await db.ClockAsync(cancellation);
        found.Replay(now);
        await db
            .Deliveries.Where(row =>
                row.WebhookId == found.WebhookId
                && row.SubjectId == found.SubjectId
                && row.State == DeliveryState.Pending
                && row.DueAt > now
            )
            .ExecuteUpdateAsync(row => row.SetProperty(waiting => waiting.DueAt, now), cancellation); // and the deliveries that wait for it
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Accepted(
            $"/editorial/v1/webhooks/{found.Webhook!.Name}/deliveries/{found.Id}",
            DeliveryResponse.Of(found, found.Attempts)
        );
    }

    /// <summary>Sends all events between two instants again.</summary>
    /// <remarks>
    /// From the change log, in order: delivered and given up events, and those from when the webhook was disabled or did not exist
    /// yet. Events that were sent before have the same `webhook-id`, so that the receiver can ignore them.
    /// </remarks>
    private static async Task<Results<Ok<ReplayResponse>, NotFoundProblem>> ReplayRange(
        string webhook,
        ReplayRequest request,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var found = await db.LockedWebhook(webhook).SingleOrDefaultAsync(cancellation);
        if (found is null)
            return new NotFoundProblem();
        var (from, to) = (request.From, request.To ?? await db.ClockAsync(cancellation));
        var count = await db
            .Database.SqlQuery<int>($"select replay_changes({found.Id}, {from}, {to}) as \"Value\"")
            .SingleAsync(cancellation);
        found.NoteReplay($"{count} from {from:O} to {to:O}");
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(new ReplayResponse(count));
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
