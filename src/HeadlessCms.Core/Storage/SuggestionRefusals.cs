using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

/// <summary>Stores refusals of suggestions. They are neither in the audit trail nor in the change log.</summary>
public static class SuggestionRefusals
{
    /// <summary>Stores refusals; those that are there already stay as they are.</summary>
    public static async Task StoreAsync(this NewsroomDbContext db, IEnumerable<SuggestionRefusal> refusals, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(refusals);
        foreach (var refusal in refusals)
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into suggestion_refusals (id, article_id, kind, concept_id, name, refused_by, refused_at)
                values ({refusal.Id}, {refusal.ArticleId}, {ConceptKindNames.Of(
                    refusal.Kind
                ).Singular}, {refusal.ConceptId}, {refusal.Name},
                  {refusal.RefusedBy}, {refusal.RefusedAt})
                on conflict (article_id, kind, name, concept_id) do nothing
                """,
                cancellation
            );
    }

    /// <summary>The refusals for an article. Those of a merged concept are of the one that it was merged into.</summary>
    public static IQueryable<RefusedName> RefusedNames(this NewsroomDbContext db, Guid article)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db
            .SuggestionRefusals.Where(refusal => refusal.ArticleId == article)
            .GroupJoin(
                db.Concepts,
                refusal => refusal.ConceptId,
                concept => concept.Id,
                (refusal, concepts) => new { Refusal = refusal, Concepts = concepts }
            )
            .SelectMany(
                row => row.Concepts.DefaultIfEmpty(),
                (row, concept) =>
                    new RefusedName(row.Refusal.Kind, concept == null ? null : concept.MergedIntoId ?? concept.Id, row.Refusal.Name)
            );
    }
}

/// <summary>A name for which a suggestion was refused.</summary>
/// <param name="Kind">The kind of concept.</param>
/// <param name="Concept">The concept; null where it was a new one.</param>
/// <param name="Name">The name.</param>
public sealed record RefusedName(ConceptKind Kind, Guid? Concept, string Name);

internal sealed class SuggestionRefusalConfiguration : IEntityTypeConfiguration<SuggestionRefusal>
{
    public void Configure(EntityTypeBuilder<SuggestionRefusal> builder)
    {
        builder.ToTable("suggestion_refusals", table =>
        {
            table.HasCheckConstraint("ck_suggestion_refusals_kind", EnumText<ConceptKind>.Check("kind"));
            table.HasCheckConstraint("ck_suggestion_refusals_name", "btrim(name) <> ''");
        });
        builder.Property(refusal => refusal.Id).ValueGeneratedNever();
        builder.Property(refusal => refusal.Name).HasMaxLength(SuggestionRefusal.MaxName).UseCollation("C");
        builder.Property(refusal => refusal.RefusedBy).HasMaxLength(200);
        builder
            .HasIndex(refusal => new
            {
                refusal.ArticleId,
                refusal.Kind,
                refusal.Name,
                refusal.ConceptId,
            })
            .IsUnique()
            .AreNullsDistinct(false);
        builder.HasIndex(refusal => new { refusal.ConceptId, refusal.Name });
        builder.HasIndex(refusal => refusal.RefusedAt);
        builder.HasOne<Article>().WithMany().HasForeignKey(refusal => refusal.ArticleId);
        builder
            .HasOne<Concept>()
            .WithMany()
            .HasForeignKey(refusal => new { refusal.ConceptId, refusal.Kind })
            .HasPrincipalKey(concept => new { concept.Id, concept.Kind })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
