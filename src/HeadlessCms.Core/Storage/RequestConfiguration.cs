using HeadlessCms.Core.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal sealed class IdempotencyRecordConfiguration : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.ToTable("idempotency_records");
        builder.HasKey(record => new
        {
            record.By,
            record.Route,
            record.KeyHash,
        });
        builder.Property(record => record.By).HasMaxLength(401); // issuer, space, subject
        builder.Property(record => record.Route).HasMaxLength(400);
        builder.Property(record => record.CreatedAt).HasDefaultValueSql("clock_timestamp()").ValueGeneratedOnAdd();
        builder.HasIndex(record => record.CreatedAt);
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
