using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Requests;
using HeadlessCms.Core.Suggestions;
using HeadlessCms.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Core.Storage;

// The tables, views and functions of the newsroom.
public sealed partial class NewsroomDbContext
{
    /// <summary>The articles.</summary>
    public DbSet<Article> Articles => Set<Article>();

    /// <summary>Current and former slugs of articles.</summary>
    public DbSet<ArticleSlug> ArticleSlugs => Set<ArticleSlug>();

    /// <summary>The URLs of articles before they came to this newsroom.</summary>
    public DbSet<FormerUrl> FormerUrls => Set<FormerUrl>();

    /// <summary>All concepts.</summary>
    public DbSet<Concept> Concepts => Set<Concept>();

    /// <summary>Current and former slugs of concepts.</summary>
    public DbSet<ConceptSlug> ConceptSlugs => Set<ConceptSlug>();

    /// <summary>The mentions.</summary>
    public DbSet<Mention> Mentions => Set<Mention>();

    /// <summary>The authors of revisions.</summary>
    public DbSet<Authorship> Authorships => Set<Authorship>();

    /// <summary>The publications.</summary>
    public DbSet<Publication> Publications => Set<Publication>();

    /// <summary>What callers have not saved yet.</summary>
    public DbSet<Autosave> Autosaves => Set<Autosave>();

    /// <summary>What was learned from the stories.</summary>
    public DbSet<TopicModel> TopicModels => Set<TopicModel>();

    /// <summary>The refusals of suggestions.</summary>
    public DbSet<SuggestionRefusal> SuggestionRefusals => Set<SuggestionRefusal>();

    /// <summary>The withdrawals.</summary>
    public DbSet<Withdrawal> Withdrawals => Set<Withdrawal>();

    /// <summary>The change log.</summary>
    public DbSet<Change> Changes => Set<Change>();

    /// <summary>The API keys.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>The preview tokens.</summary>
    public DbSet<PreviewToken> PreviewTokens => Set<PreviewToken>();

    /// <summary>The preview tokens that are valid now: neither they nor the keys that created them are expired or revoked.</summary>
    public IQueryable<PreviewToken> ValidPreviewTokens =>
        PreviewTokens.Where(token =>
            token.RevokedAt == null
            && token.ExpiresAt > DatabaseClock.Now()
            && (
                token.KeyId == null
                || ApiKeys.Any(key =>
                    key.Id == token.KeyId && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > DatabaseClock.Now())
                )
            )
        );

    /// <summary>The secrets that all nodes share.</summary>
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    /// <summary>The audit trail.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <summary>Responses to requests with an Idempotency-Key.</summary>
    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    /// <summary>The webhooks.</summary>
    public DbSet<Webhook> Webhooks => Set<Webhook>();

    /// <summary>The deliveries.</summary>
    public DbSet<Delivery> Deliveries => Set<Delivery>();

    /// <summary>The progress of imports.</summary>
    public DbSet<ImportProgress> Imports => Set<ImportProgress>();

    /// <summary>Revisions with expanded concepts.</summary>
    public DbSet<RevisionContent> RevisionContents => Set<RevisionContent>();

    /// <summary>Working copies with expanded concepts and the status of their articles.</summary>
    public DbSet<WorkingCopy> WorkingCopies => Set<WorkingCopy>();

    /// <summary>Which revision names which concept: mentions, authors and datelines.</summary>
    public DbSet<ConceptUse> ConceptUses => Set<ConceptUse>();

    /// <summary>All names of concepts.</summary>
    public DbSet<KnownName> KnownNames => Set<KnownName>();

    /// <summary>The usage of concepts.</summary>
    public DbSet<ConceptUsage> ConceptUsages => Set<ConceptUsage>();

    /// <summary>The sections of the overview.</summary>
    public DbSet<DeskEntry> Desk => Set<DeskEntry>();

    /// <summary>
    /// The revisions that have the words of <paramref name="q"/>, and the working copies that have it as their id, slug or external id.
    /// </summary>
    public IQueryable<WordMatch> RevisionsWithWords(string q) =>
        Database.SqlQuery<WordMatch>($"select m.article_id, m.revision from working_copy_matches({q}) m");

    /// <summary>The concepts of some kinds that somebody may mean who typed <paramref name="q"/>, at most so many.</summary>
    public IQueryable<SuggestedConcept> SuggestedConcepts(string q, string[] kinds, int limit) =>
        Database.SqlQuery<SuggestedConcept>($"select * from suggested_concepts({q}, {kinds}, {limit})");
}
