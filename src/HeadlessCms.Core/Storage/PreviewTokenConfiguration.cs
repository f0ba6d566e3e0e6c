using HeadlessCms.Core.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal sealed class PreviewTokenConfiguration : IEntityTypeConfiguration<PreviewToken>
{
    public void Configure(EntityTypeBuilder<PreviewToken> builder)
    {
        builder.ToTable("preview_tokens", table =>
        {
            table.HasCheckConstraint("ck_preview_tokens_scope", "article_id is null or as_of is null");
            table.HasCheckConstraint("ck_preview_tokens_expires_at", "expires_at > created_at");
        });
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.HasOne(token => token.Article).WithMany().HasForeignKey(token => token.ArticleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ApiKey>().WithMany().HasForeignKey(token => token.KeyId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(token => token.CreatedBy).HasMaxLength(200);
        builder.Property(token => token.Caller).HasMaxLength(401); // issuer, space, subject
        builder.HasIndex(token => new { token.CreatedAt, token.Id });
        builder.HasIndex(token => token.ExpiresAt);
    }
}
