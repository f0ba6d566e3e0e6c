using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;

namespace HeadlessCms.Core.Storage.Live;

/// <summary>
/// Live content only: maps to the views of schema <c>live</c> and connects with a role that may SELECT only those, so that no
/// forgotten filter can leak a draft. Read-only.
/// </summary>
public sealed class LiveDbContext(DbContextOptions<LiveDbContext> options) : DbContext(options)
{
    /// <summary>The database role of the read side.</summary>
    public const string Role = "cms_live";

    private const string ArticlesView = "articles";
    private const string NamedArticlesView = "named_articles";

    /// <summary>The live articles.</summary>
    public DbSet<LiveArticle> Articles => Set<LiveArticle>(ArticlesView);

    /// <summary>
    /// The same, each once for each concept that appears in it: a row has the members of a <see cref="LiveAppearance"/> too.
    /// </summary>
    public DbSet<LiveArticle> NamedArticles => Set<LiveArticle>(NamedArticlesView);

    /// <summary>The appearances of concepts in live articles.</summary>
    public DbSet<LiveAppearance> Appearances => Set<LiveAppearance>();

    /// <summary>The live articles as versions of their stories.</summary>
    public DbSet<LiveVersion> Versions => Set<LiveVersion>();

    /// <summary>The mentions of live articles.</summary>
    public DbSet<LiveMention> Mentions => Set<LiveMention>();

    /// <summary>Current and former slugs of live articles.</summary>
    public DbSet<LiveArticleSlug> ArticleSlugs => Set<LiveArticleSlug>();

    /// <summary>The URLs of live articles before they came to this newsroom.</summary>
    public DbSet<LiveFormerUrl> FormerUrls => Set<LiveFormerUrl>();

    /// <summary>The visible concepts.</summary>
    public DbSet<LiveConcept> Concepts => Set<LiveConcept>();

    /// <summary>Their current and former slugs.</summary>
    public DbSet<LiveConceptSlug> ConceptSlugs => Set<LiveConceptSlug>();

    /// <summary>The targets of merged concepts.</summary>
    public DbSet<LiveConceptMerge> ConceptMerges => Set<LiveConceptMerge>();

    /// <summary>The withdrawn articles.</summary>
    public DbSet<LiveWithdrawal> Withdrawals => Set<LiveWithdrawal>();

    /// <summary>The articles that were live and are not.</summary>
    public DbSet<LiveTombstone> Tombstones => Set<LiveTombstone>();

    /// <summary>The concepts in whose feeds articles stood while they were live.</summary>
    public DbSet<LiveTombstoneConcept> TombstoneConcepts => Set<LiveTombstoneConcept>();

    /// <summary>The corrections of articles.</summary>
    public DbSet<LiveCorrection> Corrections => Set<LiveCorrection>();

    /// <summary>The pages of the public site.</summary>
    public DbSet<LiveSitemapEntry> SitemapEntries => Set<LiveSitemapEntry>();

    /// <summary>The sitemaps that list them.</summary>
    public DbSet<LiveSitemap> Sitemaps => Set<LiveSitemap>();

    /// <summary>The changes that readers may know of.</summary>
    public DbSet<LiveChange> Changes => Set<LiveChange>();

    /// <summary>The hierarchy of concepts.</summary>
    public DbSet<LiveConceptTree> ConceptTree => Set<LiveConceptTree>();

    /// <summary>
    /// The live texts that the words of <paramref name="q"/> find, in articles of any language or of <paramref name="language"/>.
    /// </summary>
    public IQueryable<LiveMatch> Matches(string q, string? language) => FromExpression(() => Matches(q, language));

    /// <summary>
    /// The newest <paramref name="limit"/> of <see cref="Matches"/>, or of those that come after an article in that order: the one that was
    /// first live at <paramref name="until"/> and has the id <paramref name="before"/>. In no order.
    /// </summary>
    public IQueryable<LiveMatch> NewestMatches(string q, string? language, DateTimeOffset? until, Guid? before, int limit) =>
        FromExpression(() => NewestMatches(q, language, until, before, limit));

    /// <summary>The concepts that have a name with the words of <paramref name="q"/> in it, at most so many.</summary>
    public IQueryable<LiveFoundConcept> NamedConcepts(string q, int limit) => FromExpression(() => NamedConcepts(q, limit));

    /// <summary>The concepts of some kinds that somebody may mean who typed <paramref name="q"/>, at most so many.</summary>
    public IQueryable<LiveFoundConcept> SuggestedConcepts(string q, string[] kinds, int limit) =>
        FromExpression(() => SuggestedConcepts(q, kinds, limit));

    /// <summary>The live articles that share the most telling concepts with a live one.</summary>
    public IQueryable<LiveRelatedArticle> RelatedArticles(Guid article, int limit) => FromExpression(() => RelatedArticles(article, limit));

    /// <summary>What words are looked up by, each in the language beside it.</summary>
    public IQueryable<LiveWordForms> WordForms(string[] languages, string[] words) => FromExpression(() => WordForms(languages, words));

    /// <summary>The articles for search engines that were first live within the last <paramref name="days"/> days.</summary>
    public IQueryable<LiveArticle> NewsOf(int days) =>
        Articles.Where(article => article.PublishedAt > DatabaseClock.Now().AddDays(-days) && !article.NoIndex);

    /// <summary>
    /// Shows, until the transaction that it returns is disposed of, what was or will be live at <paramref name="instant"/>.
    /// </summary>
    public async Task<IDbContextTransaction> AsOfAsync(DateTimeOffset instant, CancellationToken cancellation)
    {
        var transaction = await Database.BeginTransactionAsync(cancellation);
        await Database.ExecuteSqlAsync($"select set_config('cms.now', {instant}::timestamptz::text, true)", cancellation);
        return transaction;
    }

    /// <summary>Whether the context reads at the primary, by <see cref="Through"/>.</summary>
    public bool IsAtPrimary { get; private set; }

    /// <summary>
    /// Reads through a connection to the primary until the result is disposed, then through those of <paramref name="usual"/> again.
    /// </summary>
    public IAsyncDisposable Through(DbConnection primary, Func<DbConnection> usual)
    {
        ArgumentNullException.ThrowIfNull(usual);
        Database.SetDbConnection(primary);
        IsAtPrimary = true;
        return new AtPrimary(this, primary, usual);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Apply(configurationBuilder);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("live");
        modelBuilder.HasDbFunction(typeof(DatabaseClock).GetMethod(nameof(DatabaseClock.Now))!).HasName("cms_now").HasSchema("public");
        MapFunctions(modelBuilder);
        modelBuilder.SharedTypeEntity<LiveArticle>(ArticlesView, articles => Map(articles, ArticlesView));
        modelBuilder.SharedTypeEntity<LiveArticle>(NamedArticlesView, articles =>
        {
            Map(articles, NamedArticlesView);
            articles.Property<Guid>(nameof(LiveAppearance.ConceptId));
            articles.Property<AppearanceKind>(nameof(LiveAppearance.Kind));
            articles.Property<bool>(nameof(LiveAppearance.About));
            articles.Property<bool>(nameof(LiveAppearance.Mentions));
            articles.Property<bool>(nameof(LiveAppearance.DirectlyAbout));
            articles.Property<bool>(nameof(LiveAppearance.DirectlyMentions));
        });
        modelBuilder.Entity<LiveAppearance>().ToView("appearances").HasNoKey();
        modelBuilder.Entity<LiveMention>().ToView("mentions").HasNoKey();
        modelBuilder.Entity<LiveVersion>().ToView("versions").HasNoKey();
        modelBuilder.Entity<LiveArticleSlug>().ToView("article_slugs").HasNoKey();
        modelBuilder.Entity<LiveFormerUrl>().ToView("former_urls").HasNoKey();
        modelBuilder.Entity<LiveConceptSlug>().ToView("concept_slugs").HasNoKey();
        modelBuilder.Entity<LiveConceptMerge>().ToView("concept_merges").HasNoKey();
        modelBuilder.Entity<LiveWithdrawal>().ToView("withdrawals").HasNoKey();
        modelBuilder.Entity<LiveTombstone>().ToView("tombstones").HasKey(tombstone => tombstone.ArticleId);
        modelBuilder.Entity<LiveTombstoneConcept>().ToView("tombstone_concepts").HasNoKey();
        modelBuilder.Entity<LiveCorrection>().ToView("corrections").HasNoKey();
        modelBuilder.Entity<LiveSitemapEntry>(entry =>
        {
            entry.ToView("sitemap_entries").HasNoKey();
            entry.Property(row => row.Translations).AsJson();
        });
        modelBuilder.Entity<LiveSitemap>().ToView("sitemaps").HasNoKey();
        modelBuilder.Entity<LiveChange>().ToView("changes").HasKey(change => change.Position);
        modelBuilder.Entity<LiveConceptTree>().ToView("concept_tree").HasNoKey();
        modelBuilder.Entity<LiveConcept>(concept =>
        {
            concept.ToTable((string?)null).ToView("concepts").HasKey(row => row.Id);
            var kinds = concept.HasDiscriminator(row => row.Kind);
            foreach (var (kind, type) in LiveConcept.Types)
                kinds.HasValue(type, kind);
            concept.Property(row => row.Labels).AsJson();
            concept.Property(row => row.Image).AsJson();
            concept.Property(row => row.Parent).AsJson();
            concept.Property(row => row.Ties).AsJson();
        });
    }

    private static void MapFunctions(ModelBuilder modelBuilder)
    {
        foreach (var length in PageLengths.All)
            modelBuilder.HasDbFunction(length.Method).HasName(length.Name);
        modelBuilder.HasDbFunction(typeof(LiveDbContext).GetMethod(nameof(Matches))!).HasName("matches");
        modelBuilder.HasDbFunction(typeof(LiveDbContext).GetMethod(nameof(NewestMatches))!).HasName("newest_matches");
        modelBuilder.HasDbFunction(typeof(LiveDbContext).GetMethod(nameof(NamedConcepts))!).HasName("named_concepts");
        modelBuilder.HasDbFunction(typeof(LiveDbContext).GetMethod(nameof(SuggestedConcepts))!).HasName("suggested_concepts");
        modelBuilder.HasDbFunction(typeof(LiveDbContext).GetMethod(nameof(RelatedArticles))!).HasName("related_articles");
        modelBuilder.HasDbFunction(typeof(LiveDbContext).GetMethod(nameof(WordForms))!).HasName("word_forms");
        modelBuilder.Entity<LiveMatch>().ToTable((string?)null).HasNoKey();
        modelBuilder.Entity<LiveFoundConcept>().ToTable((string?)null).HasNoKey();
        modelBuilder.Entity<LiveRelatedArticle>().ToTable((string?)null).HasNoKey();
        modelBuilder.Entity<LiveWordForms>().ToTable((string?)null).HasNoKey();
    }

    private static void Map(EntityTypeBuilder<LiveArticle> articles, string view)
    {
        articles.ToView(view).HasKey(article => article.Id);
        ViewConfiguration.Expand(articles);
        articles.Property(article => article.Corrections).AsJson();
        articles.Property(article => article.Translations).AsJson();
        articles.Property(article => article.Series).AsJson();
    }

    // Contexts are pooled, so the usual connection must be back.
    private sealed class AtPrimary(LiveDbContext live, DbConnection primary, Func<DbConnection> usual) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            live.Database.SetDbConnection(usual(), contextOwnsConnection: true);
            live.IsAtPrimary = false;
            await primary.DisposeAsync();
        }
    }
}
