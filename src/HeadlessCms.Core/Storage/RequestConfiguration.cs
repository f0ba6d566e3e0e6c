using HeadlessCms.Core.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal sealed class IdempotencyRecordConfiguration : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.ToTable("idempotency_records");
        builder.HasKey(answer => new
        {
            answer.By,
            answer.Route,
            answer.KeyHash,
        });
        builder.Property(answer => answer.By).HasMaxLength(200);
        builder.Property(answer => answer.Route).HasMaxLength(400);
        builder.Property(answer => answer.CreatedAt).HasDefaultValueSql("clock_timestamp()").ValueGeneratedOnAdd();
        builder.HasIndex(answer => answer.CreatedAt);
    }
}

internal sealed class ImportProgressConfiguration : IEntityTypeConfiguration<ImportProgress>
{
    public void Configure(EntityTypeBuilder<ImportProgress> builder)
    {
        builder.ToTable("imports", table => table.HasCheckConstraint("ck_imports_lines", "lines >= 0"));
        builder.HasKey(import => import.File);
    }
}
