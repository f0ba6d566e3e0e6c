using HeadlessCms.Core.Concepts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal sealed class ConceptConfiguration : IEntityTypeConfiguration<Concept>
{
    public void Configure(EntityTypeBuilder<Concept> builder)
    {
        builder.ToTable("concepts", table =>
        {
            table.HasCheckConstraint("ck_concepts_kind", EnumText<ConceptKind>.Check("kind"));
            table.HasCheckConstraint("ck_concepts_version", "version >= 1");
            table.HasCheckConstraint("ck_concepts_name", "btrim(name) <> ''");
            table.HasCheckConstraint("ck_concepts_not_its_own_parent", "parent_id <> id");
            table.HasCheckConstraint("ck_concepts_latitude", "latitude between -90 and 90");
            table.HasCheckConstraint("ck_concepts_longitude", "longitude between -180 and 180");
            table.HasCheckConstraint("ck_concepts_coordinates", "(latitude is null) = (longitude is null)");
            table.HasCheckConstraint("ck_concepts_country_code", "country_code ~ '^[A-Z]{2}$'");
            table.HasCheckConstraint("ck_concepts_merged", "merged_into_id is null or merged_into_id <> id and parent_id is null");
            table.HasCheckConstraint("ck_concepts_life", "death_date >= birth_date");
            table.HasCheckConstraint("ck_concepts_duration", "ends_at >= starts_at");
        });
        builder.Property(concept => concept.Id).ValueGeneratedNever();
        var kinds = builder.HasDiscriminator(concept => concept.Kind);
        foreach (var names in ConceptKindNames.All)
            kinds.HasValue(names.Entity, names.Kind);
        builder.Property(concept => concept.Slug).IsSlug();
        builder.HasIndex(concept => new { concept.Kind, concept.Slug }).IsUnique().HasFilter("merged_into_id is null");
        builder
            .HasIndex(concept => new
            {
                concept.Kind,
                concept.Name,
                concept.Id,
            })
            .UseCollation(null!, NameOrder.Collation, null!);
        builder.HasIndex(concept => concept.ParentId);
        builder.HasIndex(concept => concept.SameAs).HasMethod("gin");
        builder.HasAlternateKey(concept => new { concept.Id, concept.Kind });
        builder.Property(concept => concept.Name).HasMaxLength(200).UseCollation("C");
        builder.Property(concept => concept.Labels).AsJson();
        builder.Property(concept => concept.Description).HasMaxLength(2_000);
        builder.Property(concept => concept.Image).AsJson();
        builder.Property(concept => concept.Version).IsConcurrencyToken();
        builder.Property(concept => concept.CreatedBy).HasMaxLength(200);
        builder.Property(concept => concept.SavedBy).HasMaxLength(200);
        builder
            .HasOne(concept => concept.Parent)
            .WithMany()
            .HasForeignKey(concept => new { concept.ParentId, concept.Kind })
            .HasPrincipalKey(concept => new { concept.Id, concept.Kind })
            .OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne<Concept>()
            .WithMany()
            .HasForeignKey(concept => new { concept.MergedIntoId, concept.Kind })
            .HasPrincipalKey(concept => new { concept.Id, concept.Kind })
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(concept => concept.MergedIntoId).HasFilter("merged_into_id is not null");
        builder
            .HasMany(concept => concept.Ties)
            .WithOne()
            .HasForeignKey(tie => new { tie.ConceptId, tie.ConceptKind })
            .HasPrincipalKey(concept => new { concept.Id, concept.Kind })
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasMany<ConceptSlug>().WithOne().HasForeignKey(slug => slug.ConceptId);
    }
}

internal sealed class TopicConfiguration : IEntityTypeConfiguration<Topic>
{
    public void Configure(EntityTypeBuilder<Topic> builder) => builder.HasIndex(topic => topic.Code).IsUnique();
}

internal sealed class ConceptTieConfiguration : IEntityTypeConfiguration<ConceptTie>
{
    private static readonly string Ends = string.Join(
        ", ",
        ConceptTie.Ends.Select(tie =>
            $"('{EnumText<TieKind>.Of(tie.Key)}', '{EnumText<ConceptKind>.Of(tie.Value.From)}', '{EnumText<ConceptKind>.Of(tie.Value.To)}')"
        )
    );

    public void Configure(EntityTypeBuilder<ConceptTie> builder)
    {
        builder.ToTable("concept_ties", table =>
        {
            table.HasCheckConstraint("ck_concept_ties_ends", $"(kind, concept_kind, named_kind) in ({Ends})");
            table.HasCheckConstraint("ck_concept_ties_time", "until >= \"from\"");
            table.HasCheckConstraint("ck_concept_ties_affiliation", "(kind = 'affiliation') = (role is not null)");
        });
        builder.HasKey(tie => new { tie.ConceptId, tie.Position });
        builder.Property(tie => tie.Kind).HasMaxLength(20);
        builder.Property(tie => tie.Role).HasMaxLength(200);
        builder
            .HasOne(tie => tie.Named)
            .WithMany()
            .HasForeignKey(tie => new { tie.NamedId, tie.NamedKind })
            .HasPrincipalKey(concept => new { concept.Id, concept.Kind })
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(tie => tie.NamedId);
        builder.HasIndex(tie => tie.ConceptId).IsUnique().HasFilter("kind = 'location'");
    }
}

internal sealed class ConceptSlugConfiguration : IEntityTypeConfiguration<ConceptSlug>
{
    public void Configure(EntityTypeBuilder<ConceptSlug> builder)
    {
        builder.ToTable("concept_slugs", table => table.HasCheckConstraint("ck_concept_slugs_slug", SlugColumn.Check));
        builder.HasIndex(slug => slug.ConceptId);
        builder.HasKey(slug => new { slug.Kind, slug.Slug });
        builder.Property(slug => slug.Slug).IsSlug();
        builder.Property(slug => slug.ConceptId).IsConcurrencyToken();
    }
}
