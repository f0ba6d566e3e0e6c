using HeadlessCms.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Core.Storage;

/// <summary>Stores what was learned from the stories.</summary>
public static class TopicModels
{
    /// <summary>Stores a model and deletes the oldest beyond <see cref="TopicModel.MaxKept"/>.</summary>
    public static async Task StoreTopicModelAsync(this NewsroomDbContext db, TopicModel model, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(model);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.TopicModels.Add(model);
        await db.SaveChangesAsync(cancellation);
        var kept = db.TopicModels.OrderByDescending(one => one.Version).Take(TopicModel.MaxKept).Select(one => one.Version);
        await db.TopicModels.Where(one => !kept.Contains(one.Version)).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
