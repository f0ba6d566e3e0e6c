using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal sealed class ArticleConfiguration : IEntityTypeConfiguration<Article>
{
    public void Configure(EntityTypeBuilder<Article> builder)
    {
        builder.ToTable("articles", table => table.HasCheckConstraint("ck_articles_revision_number", "revision_number >= 1"));
        builder.Property(article => article.Id).ValueGeneratedNever();
        builder.Property(article => article.Slug).IsSlug();
        builder.HasIndex(article => article.Slug).IsUnique();
        builder.Property(article => article.ExternalId).HasMaxLength(200).UseCollation("C");
        builder.HasIndex(article => article.ExternalId).IsUnique();
        builder.Property(article => article.RevisionNumber).IsConcurrencyToken();
        builder.Property(article => article.TrashedAt).IsConcurrencyToken();
        builder.Property(article => article.CreatedBy).HasMaxLength(200);
        builder.HasIndex(article => new { article.SavedAt, article.Id }).IsDescending();
        builder.HasMany(article => article.Revisions).WithOne().HasForeignKey(revision => revision.ArticleId);
        builder.HasMany(article => article.Publications).WithOne().HasForeignKey(publication => publication.ArticleId);
        builder.HasMany(article => article.Withdrawals).WithOne().HasForeignKey(withdrawal => withdrawal.ArticleId);
        builder.HasMany<ArticleSlug>().WithOne().HasForeignKey(slug => slug.ArticleId);
        builder.Ignore(article => article.WorkingCopy);
    }
}

internal sealed class ArticleSlugConfiguration : IEntityTypeConfiguration<ArticleSlug>
{
    public void Configure(EntityTypeBuilder<ArticleSlug> builder)
    {
        builder.ToTable("article_slugs", table => table.HasCheckConstraint("ck_article_slugs_slug", SlugColumn.Check));
        builder.HasKey(slug => slug.Slug);
        builder.Property(slug => slug.Slug).IsSlug();
        builder.Property(slug => slug.ArticleId).IsConcurrencyToken();
    }
}

internal sealed class FormerUrlConfiguration : IEntityTypeConfiguration<FormerUrl>
{
    public void Configure(EntityTypeBuilder<FormerUrl> builder)
    {
        builder.ToTable("former_urls", table =>
        {
            table.HasCheckConstraint("ck_former_urls_host", "host ~ '^[^/A-Z]+$'");
            table.HasCheckConstraint("ck_former_urls_path", "path ~ '^/[!-~]*$'");
        });
        builder.HasKey(url => new { url.Path, url.Host });
        builder.Property(url => url.Host).HasMaxLength(FormerUrl.MaxHost).UseCollation("C");
        builder.Property(url => url.Path).HasMaxLength(FormerUrl.MaxPath).UseCollation("C");
        builder.HasOne<Article>().WithMany().HasForeignKey(url => url.ArticleId);
        builder.HasIndex(url => url.ArticleId);
    }
}

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> builder)
    {
        builder.ToTable("revisions", table =>
        {
            table.HasCheckConstraint("ck_revisions_number", "number >= 1");
            table.HasCheckConstraint("ck_revisions_headline", "btrim(headline) <> ''");
            table.HasCheckConstraint("ck_revisions_language", "language ~ '^([a-z]{2,8}|x)(-[A-Za-z0-9]{1,8})*$'");
            table.HasCheckConstraint("ck_revisions_access", EnumText<AccessTier>.Check("access"));
            table.HasCheckConstraint("ck_revisions_ai_use", EnumText<AiUse>.Check("ai_use"));
            table.HasCheckConstraint("ck_revisions_reviewed_by", "reviewed_by is null or ai_use <> 'none'");
            table.HasCheckConstraint("ck_revisions_urgency", "urgency between 1 and 9");
            table.HasCheckConstraint(
                "ck_revisions_body",
                "(body_format is null) = (body_source is null) and (body_format is null) = (body_html is null)"
            );
            table.HasCheckConstraint(
                "ck_revisions_original",
                "(original_id is null) = (original_revision is null) and original_id <> article_id"
            );
        });
        builder.HasKey(revision => new { revision.ArticleId, revision.Number });
        builder.Property(revision => revision.Slug).IsSlug();
        builder.Property(revision => revision.LeadImage).AsJson();
        builder.ComplexProperty(revision => revision.Flags, FlagColumns.Configure);
        builder.HasMany(revision => revision.Mentions).WithOne().HasForeignKey(mention => new { mention.ArticleId, mention.Revision });
        builder.HasMany(revision => revision.Authorships).WithOne().HasForeignKey(author => new { author.ArticleId, author.Revision });
        builder.HasOne<Place>().WithMany().HasForeignKey(revision => revision.DatelinePlaceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(revision => revision.DatelinePlaceId);
        builder
            .HasOne<Revision>()
            .WithMany()
            .HasForeignKey(revision => new { revision.OriginalId, revision.OriginalRevision })
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(revision => new { revision.OriginalId, revision.OriginalRevision }).HasFilter("original_id is not null");
        builder.Ignore(revision => revision.Content);
    }
}

/// <summary>The columns of <see cref="StoryFlags"/>, without a prefix.</summary>
internal static class FlagColumns
{
    public static void Configure(ComplexPropertyBuilder<StoryFlags> flags)
    {
        flags.Property(story => story.Access).HasColumnName("access").HasDefaultValue(AccessTier.Free);
        flags.Property(story => story.Sensitive).HasColumnName("sensitive").HasDefaultValue(false);
        flags.Property(story => story.NoIndex).HasColumnName("no_index").HasDefaultValue(false);
        flags.Property(story => story.NoSyndication).HasColumnName("no_syndication").HasDefaultValue(false);
        flags.Property(story => story.Urgency).HasColumnName("urgency");
        flags.Property(story => story.UsageTerms).HasColumnName("usage_terms");
        flags.Property(story => story.CopyrightHolder).HasColumnName("copyright_holder");
        flags.Property(story => story.AiUse).HasColumnName("ai_use").HasDefaultValue(AiUse.None);
        flags.Property(story => story.ReviewedBy).HasColumnName("reviewed_by");
        flags.Property(story => story.CommentsUntil).HasColumnName("comments_until");
    }
}

internal sealed class MentionConfiguration : IEntityTypeConfiguration<Mention>
{
    public void Configure(EntityTypeBuilder<Mention> builder)
    {
        builder.ToTable("mentions", table => table.HasCheckConstraint(
                "ck_mentions_part",
                $"""
                part is null or part between 0 and {StorySeries.MaxPart} and role is null
                  and relation = '{EnumText<Relation>.Of(MentionContent.PartRelation)}'
                """
            ));
        builder.HasKey(mention => new
        {
            mention.ArticleId,
            mention.Revision,
            mention.ConceptId,
        });
        builder.Property(mention => mention.Relation).HasMaxLength(10);
        builder.Property(mention => mention.Role).HasMaxLength(200);
        builder.HasIndex(mention => new
        {
            mention.ConceptId,
            mention.ArticleId,
            mention.Revision,
        });
        // An article is a part of one series.
        builder.HasIndex(mention => new { mention.ArticleId, mention.Revision }).IsUnique().HasFilter("part is not null");
        builder.HasOne<Concept>().WithMany().HasForeignKey(mention => mention.ConceptId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AuthorshipConfiguration : IEntityTypeConfiguration<Authorship>
{
    public void Configure(EntityTypeBuilder<Authorship> builder)
    {
        builder.ToTable("authorships");
        builder.HasKey(author => new
        {
            author.ArticleId,
            author.Revision,
            author.PersonId,
        });
        builder.HasIndex(author => new
        {
            author.PersonId,
            author.ArticleId,
            author.Revision,
        });
        builder.HasOne<Person>().WithMany().HasForeignKey(author => author.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PublicationConfiguration : IEntityTypeConfiguration<Publication>
{
    public void Configure(EntityTypeBuilder<Publication> builder)
    {
        builder.ToTable("publications", table =>
        {
            table.HasCheckConstraint("ck_publications_range", "live_until >= live_from");
            table.HasCheckConstraint("ck_publications_planned", "planned_until is null or live_until <= planned_until");
            table.HasCheckConstraint("ck_publications_correction", "(correction_kind is null) = (correction_text is null)");
        });
        builder.Property(publication => publication.Id).ValueGeneratedNever();
        builder.Property(publication => publication.Slug).IsSlug();
        builder.Property(publication => publication.CreatedBy).HasMaxLength(200);
        builder.Property(publication => publication.NoIndex).HasDefaultValue(false);
        builder.Property(publication => publication.NoSyndication).HasDefaultValue(false);
        builder.HasOne<Revision>().WithMany().HasForeignKey(publication => new { publication.ArticleId, publication.Revision });
        builder
            .HasIndex(publication => new { publication.FirstLiveFrom, publication.ArticleId })
            .IsDescending()
            .IncludeProperties(publication => new { publication.LiveFrom, publication.LiveUntil });
        builder.HasIndex(publication => new { publication.LiveFrom, publication.ArticleId }).IsDescending();
        builder.HasIndex(publication => new { publication.ArticleId, publication.Revision });
        builder.HasIndex(publication => new { publication.ArticleId, publication.LiveFrom }).HasFilter("correction_kind is not null");
        builder.HasIndex(publication => publication.Slug);
        builder.HasIndex(publication => publication.OriginalId).HasFilter("original_id is not null");
        builder.Property(publication => publication.IsStartLogged).HasColumnName("start_logged");
        builder.Property(publication => publication.IsEndLogged).HasColumnName("end_logged");
        builder.HasIndex(publication => publication.LiveFrom).HasFilter("not start_logged and live_until is distinct from live_from");
        builder.HasIndex(publication => publication.LiveUntil).HasFilter("not end_logged and live_until > live_from");
        builder.Property(publication => publication.CorrectionKind).HasMaxLength(20);
        builder.Property(publication => publication.CorrectionText).HasMaxLength(2_000);
        builder.Ignore(publication => publication.IsCancelled);
        builder.Ignore(publication => publication.Correction);
    }
}

// json and not jsonb: jsonb writes a number such as 1e100000 out in full, refuses U+0000, and does not keep what was sent.
internal sealed class AutosaveConfiguration : IEntityTypeConfiguration<Autosave>
{
    public void Configure(EntityTypeBuilder<Autosave> builder)
    {
        builder.ToTable("autosaves", table =>
            table.HasCheckConstraint(
                "ck_autosaves_content",
                $"json_typeof(content) = 'object' and octet_length(content::text) <= {Autosave.MaxBytes}"
            )
        );
        builder.HasKey(autosave => new { autosave.Caller, autosave.ArticleId });
        builder.Property(autosave => autosave.Caller).HasMaxLength(401); // issuer, space, subject
        builder.Property(autosave => autosave.Content).HasColumnType("json");
        builder.HasOne<Revision>().WithMany().HasForeignKey(autosave => new { autosave.ArticleId, autosave.Revision });
        builder.HasIndex(autosave => new { autosave.ArticleId, autosave.Revision });
        builder.HasIndex(autosave => new { autosave.Caller, autosave.SavedAt });
        builder.HasIndex(autosave => autosave.SavedAt);
    }
}

internal sealed class WithdrawalConfiguration : IEntityTypeConfiguration<Withdrawal>
{
    public void Configure(EntityTypeBuilder<Withdrawal> builder)
    {
        builder.ToTable("withdrawals", table => table.HasCheckConstraint("ck_withdrawals_range", "lifted_at >= withdrawn_at"));
        builder.Property(withdrawal => withdrawal.Id).ValueGeneratedNever();
        builder.Property(withdrawal => withdrawal.Reason).HasMaxLength(2_000);
        builder.Property(withdrawal => withdrawal.WithdrawnBy).HasMaxLength(200);
        builder.HasIndex(withdrawal => withdrawal.ArticleId).IsUnique().HasFilter("lifted_at is null");
        builder.Ignore(withdrawal => withdrawal.Holds);
    }
}
