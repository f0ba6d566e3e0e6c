using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys", table =>
        {
            table.HasCheckConstraint("ck_api_keys_secret_hash", "octet_length(secret_hash) = 32");
            table.HasCheckConstraint("ck_api_keys_feeds", "feeds is null or role = 'reader'");
            table.HasCheckConstraint("ck_api_keys_requests_per_minute", "requests_per_minute between 1 and 1000000");
            table.HasCheckConstraint("ck_api_keys_access", EnumText<AccessTier>.Check("access"));
        });
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Name).IsSlug();
        builder.HasIndex(key => key.Name).IsUnique().HasFilter("revoked_at is null and replaced_at is null");
        builder.Property(key => key.PublicId).HasMaxLength(8).UseCollation("C");
        builder.HasIndex(key => key.PublicId).IsUnique();
        builder.Property(key => key.Role).HasMaxLength(10);
        builder.Property(key => key.CreatedBy).HasMaxLength(200);
        builder.Property(key => key.Feeds).AsJson();
        builder.Property(key => key.Access).HasMaxLength(10);
    }
}

internal sealed class SigningKeyConfiguration : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("signing_keys", table => table.HasCheckConstraint("ck_signing_keys_secret", "secret ~ '^(plain|protected):'"));
        builder.HasKey(key => key.Purpose);
        builder.Property(key => key.Purpose).HasMaxLength(30);
        builder.Property(key => key.Secret).HasMaxLength(1_000);
    }
}
