using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>Records the outcomes of attempts.</summary>
internal sealed class DeliveryRecorder(IServiceScopeFactory scopes, WebhookSettings settings)
{
    private const int MostTries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Records an attempt, unless the lease has run out: then another node sends the delivery.</summary>
    public async Task RecordAsync(LeasedDelivery leased, Attempt attempt)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await TryAsync(leased, attempt);
                return;
            }
            catch (Exception failed) when (tries < MostTries && failed is DbUpdateException or NpgsqlException)
            {
                await Task.Delay(Pause * tries); // the connection was lost, or an admin replayed the delivery at the same time
            }
        }
    }

    private async Task TryAsync(LeasedDelivery leased, Attempt attempt)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        // The webhook before its deliveries: who changes both locks them in this order. What arrives where all is well changes no webhook.
        var webhook =
            attempt.Outcome == AttemptOutcome.Delivered && await IsWellAsync(db, leased.WebhookId)
                ? null
                : await db.LockedWebhook(leased.WebhookId).SingleOrDefaultAsync();
        var delivery = await db.Deliveries.SingleOrDefaultAsync(row => row.Id == leased.Id && row.Lease == leased.Lease);
        if (delivery is null)
            return;
        delivery.Record(attempt, settings.Schedule, leased.Now);
        await db.SaveChangesAsync();
        if (delivery.HoldsFollowing)
        {
            // Deliveries that wait for it are not due before its retry.
            await db
                .Deliveries.Where(row =>
                    row.WebhookId == delivery.WebhookId
                    && row.SubjectId == delivery.SubjectId
                    && row.State == DeliveryState.Pending
                    && row.DueAt < delivery.DueAt
                )
                .ExecuteUpdateAsync(row => row.SetProperty(waiting => waiting.DueAt, delivery.DueAt));
        }

        // Last: disabling the webhook makes the database give up its pending deliveries, including this one.
        webhook?.ApplyOutcome(delivery, attempt, leased.Url, leased.Now);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static Task<bool> IsWellAsync(NewsroomDbContext db, Guid webhook) =>
        db.Webhooks.AnyAsync(row => row.Id == webhook && row.State == WebhookState.Active && row.FailingSince == null);
}
