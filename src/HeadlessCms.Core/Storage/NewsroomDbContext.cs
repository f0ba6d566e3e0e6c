using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace HeadlessCms.Core.Storage;

/// <summary>The whole newsroom, for Editorial.</summary>
public sealed partial class NewsroomDbContext : DbContext
{
    /// <summary>Creates a context.</summary>
    public NewsroomDbContext(DbContextOptions<NewsroomDbContext> options)
        // A refused save ends the whole request, so savepoints would cost two statements for nothing
        : base(options) => Database.AutoSavepointsEnabled = false;

    /// <summary>The one clock: the database's current instant, even within a transaction.</summary>
    public async Task<DateTimeOffset> ClockAsync(CancellationToken cancellation = default) =>
        await Database.SqlQuery<DateTimeOffset>($"select clock_timestamp() as \"Value\"").SingleAsync(cancellation);

    /// <summary>The article of <paramref name="id"/>, locked until the transaction ends.</summary>
    public IQueryable<Article> LockedArticle(Guid id) => Articles.FromSql($"select * from articles where id = {id} for update");

    /// <summary>The articles of <paramref name="ids"/>, locked in the order of their ids, which avoids deadlocks.</summary>
    public IQueryable<Article> LockedArticles(Guid[] ids) =>
        Articles.FromSql($"select * from articles where id = any({ids}) order by id for update");

    /// <summary>
    /// The webhook of <paramref name="id"/>, locked until the transaction ends. Whoever changes it and its deliveries locks it first, which
    /// avoids deadlocks.
    /// </summary>
    public IQueryable<Webhook> LockedWebhook(Guid id) => Webhooks.FromSql($"select * from webhooks where id = {id} for no key update");

    /// <summary>A webhook by its id or name, locked until the transaction ends; none or one.</summary>
    public IQueryable<Webhook> LockedWebhook(string idOrName) =>
        Guid.TryParseExact(idOrName, "D", out var id)
            ? LockedWebhook(id)
            : Webhooks.FromSql($"select * from webhooks where name = {idOrName} for no key update");

    /// <summary>Who acts.</summary>
    public Actor Actor { get; private set; } = Actor.System;

    /// <summary>Sets who acts, for the audit trail, until the result is disposed.</summary>
    public IDisposable ActingAs(Actor actor)
    {
        (Actor, LoggedPosition, BeforeChanges) = (actor, null, null); // the context may come from a pool
        return new Acting(this);
    }

    /// <summary>Saves what the entities recorded in the audit trail and, last in the transaction, in the change log.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges(); // once: the tracker would repeat it for each query of entries
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return await SaveDetectedAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>
    /// What a save waits for before it writes to the change log, which it locks until its transaction ends; null is nothing. Set after
    /// <see cref="ActingAs"/>, and forgotten with it.
    /// </summary>
    public Func<Task>? BeforeChanges { get; set; }

    /// <summary>The last position of the change log that a save wrote to; null if none did.</summary>
    public long? LoggedPosition { get; private set; }

    /// <summary>Adds an entry to the audit trail that no entity records.</summary>
    public void Note(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        entry.DoneBy(Actor);
        Audit.Add(entry);
    }

    private async Task<int> SaveDetectedAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        var entities = ChangeTracker.Entries<LoggedEntity>().Select(entry => entry.Entity).ToList();
        foreach (var entry in entities.SelectMany(entity => entity.TakeAudit()).ToList())
            Note(entry);

        var changes = entities
            .SelectMany(entity => entity.TakeChanges())
            // Boundaries that passed come before the command's own changes
            .OrderBy(change => change.At == default ? DateTimeOffset.MaxValue : change.At)
            .ToList();
        if (changes.Count == 0)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (BeforeChanges is { } wait)
            await wait();
        count += await AppendAsync(changes, acceptAllChangesOnSuccess, cancellationToken);
        count += await AppendAsync(await ShowConceptsAsync(changes, cancellationToken), acceptAllChangesOnSuccess, cancellationToken);
        if (own is not null)
            await own.CommitAsync(cancellationToken);
        return count;
    }

    private async Task<int> AppendAsync(List<Change> changes, bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
            return 0;
        using var span = Tracing.Source.StartActivity("append changes");
        span?.SetTag("headless_cms.changes", changes.Count);
        foreach (var change in changes)
            change.TraceParent = Tracing.Parent;
        Changes.AddRange(changes);
        var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        LoggedPosition = changes.Max(change => change.Position);
        return count;
    }

    // Readers see a concept from its first live article on; the log says so once, after the article's own change.
    private async Task<List<Change>> ShowConceptsAsync(List<Change> logged, CancellationToken cancellationToken)
    {
        var live = logged.FindAll(change => change.Type is ChangeType.Published or ChangeType.Updated);
        if (live.Count == 0)
            return [];
        long[] positions = [.. live.Select(change => change.Position)];
        var shown = await Database
            .SqlQuery<ShownConcept>(
                $"""
                with shown as (
                  insert into shown_concepts (concept_id, since)
                  select u.concept_id, min(c.position)
                  from changes c
                  cross join lateral (
                    select v.concept_id from concept_uses v where v.article_id = c.article_id and v.revision = c.revision
                    offset 0) u -- or the planner may read the mentions of all articles for a hundred of them
                  where c.position = any({positions})
                  group by u.concept_id
                  on conflict do nothing
                  returning concept_id, since)
                select c.id, c.kind, s.since from shown s join concepts c on c.id = s.concept_id
                """
            )
            .ToListAsync(cancellationToken);
        return
        [
            .. shown
                .OrderBy(concept => concept.Since)
                .ThenBy(concept => concept.Id)
                .Select(concept =>
                    Change.OfConcept(
                        concept.Id,
                        ConceptKindNames.All.Single(names => names.Singular == concept.Kind).Kind,
                        ChangeType.ConceptSaved,
                        live.Find(change => change.Position == concept.Since)!.At
                    )
                ),
        ];
    }

    private sealed record ShownConcept(Guid Id, string Kind, long Since);

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        Conventions.Apply(configurationBuilder);
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var extension in new[] { "btree_gist", "pg_trgm", "unaccent" })
            modelBuilder.HasPostgresExtension(extension);
        modelBuilder.HasDbFunction(typeof(DatabaseClock).GetMethod(nameof(DatabaseClock.Now))!).HasName("cms_now");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NewsroomDbContext).Assembly);
        modelBuilder.Entity<RevisionContent>(view =>
        {
            view.HasNoKey().ToView("revision_contents");
            ViewConfiguration.Expand(view);
            view.Property(row => row.Original).AsJson();
        });
        modelBuilder.Entity<DeskEntry>().HasNoKey().ToView("desk");
        modelBuilder.Entity<ConceptUsage>().HasNoKey().ToView("concept_usage");
        modelBuilder.Entity<ConceptUse>().HasNoKey().ToView("concept_uses");
        modelBuilder.Entity<KnownName>().HasNoKey().ToView("known_names");
        modelBuilder.Entity<WorkingCopy>(view =>
        {
            view.HasNoKey().ToView("working_copies");
            ViewConfiguration.Expand(view);
            view.Property(row => row.Next).AsJson();
            view.Property(row => row.Original).AsJson();
            view.Property(row => row.Translations).AsJson();
        });
    }

    // Contexts are pooled, so the actor must be reset.
    private sealed class Acting(NewsroomDbContext db) : IDisposable
    {
        public void Dispose() => (db.Actor, db.BeforeChanges) = (Actor.System, null);
    }
}
