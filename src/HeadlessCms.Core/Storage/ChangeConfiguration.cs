using HeadlessCms.Core.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal sealed class ChangeConfiguration : IEntityTypeConfiguration<Change>
{
    public void Configure(EntityTypeBuilder<Change> builder)
    {
        builder.ToTable("changes", table =>
            table.HasCheckConstraint(
                "ck_changes_subject",
                "(article_id is null) <> (concept_id is null) and (concept_id is null) = (concept_kind is null)"
            )
        );
        builder.HasKey(change => change.Position);
        builder.Property(change => change.Position).UseIdentityAlwaysColumn();
        builder.Property(change => change.At).HasDefaultValueSql("clock_timestamp()").ValueGeneratedOnAdd();
        builder.Property(change => change.Type).HasMaxLength(20);
        builder.Property(change => change.TraceParent).HasMaxLength(Tracing.ParentLength);
        builder.HasIndex(change => new { change.ArticleId, change.Position }).HasFilter("article_id is not null");
        builder.HasIndex(change => new { change.ConceptId, change.Position }).HasFilter("concept_id is not null");
    }
}
