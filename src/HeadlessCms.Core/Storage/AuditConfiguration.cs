using HeadlessCms.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.Property(entry => entry.Id).UseIdentityAlwaysColumn();
        builder.Property(entry => entry.At).HasDefaultValueSql("clock_timestamp()").ValueGeneratedOnAdd();
        builder.Property(entry => entry.By).HasMaxLength(200);
        builder.Property(entry => entry.Address).HasMaxLength(64);
        builder.Property(entry => entry.Action).HasMaxLength(20);
        builder.Property(entry => entry.SubjectName).HasMaxLength(200);
        builder.Property(entry => entry.Detail).HasMaxLength(2_000);
        builder.HasIndex(entry => new { entry.SubjectId, entry.Id });
        builder.HasIndex(entry => new { entry.By, entry.Id });
    }
}
