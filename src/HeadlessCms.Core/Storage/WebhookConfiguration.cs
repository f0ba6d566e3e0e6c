using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhooks", table =>
        {
            table.HasCheckConstraint("ck_webhooks_version", "version >= 1");
            table.HasCheckConstraint("ck_webhooks_url", "url ~ '^https?://'");
            table.HasCheckConstraint(
                "ck_webhooks_events",
                $"cardinality(events) > 0 and events <@ array[{EnumText<ChangeEvent>.List(ChangeEvents.Subscribable)}]"
            );
            table.HasCheckConstraint("ck_webhooks_secret", "secret ~ '^(plain|protected):' and previous_secret ~ '^(plain|protected):'");
            table.HasCheckConstraint("ck_webhooks_previous_secret", "(previous_secret is null) = (previous_secret_until is null)");
            table.HasCheckConstraint("ck_webhooks_disabled", "(state = 'disabled') = (disabled_reason is not null)");
            table.HasCheckConstraint("ck_webhooks_verified", "state <> 'active' or verified_at is not null");
        });
        builder.Property(webhook => webhook.Id).ValueGeneratedNever();
        builder.Property(webhook => webhook.Name).IsSlug();
        builder.HasIndex(webhook => webhook.Name).IsUnique();
        builder.Property(webhook => webhook.Url).HasMaxLength(2_048);
        builder.Property(webhook => webhook.Description).HasMaxLength(1_000);
        builder.PrimitiveCollection(webhook => webhook.Events).ElementType(element => element.HasConversion<EnumText<ChangeEvent>>());
        builder.Property(webhook => webhook.Secret).HasMaxLength(1_000);
        builder.Property(webhook => webhook.PreviousSecret).HasMaxLength(1_000);
        builder.Property(webhook => webhook.State).HasMaxLength(10);
        builder.Property(webhook => webhook.DisabledReason).HasMaxLength(20);
        builder.Property(webhook => webhook.Version).IsConcurrencyToken();
        builder.Property(webhook => webhook.CreatedBy).HasMaxLength(200);
        builder.HasMany(webhook => webhook.Concepts).WithOne().HasForeignKey(filter => filter.WebhookId);
        builder.Ignore(webhook => webhook.IsEnabled);
    }
}

internal sealed class WebhookConceptConfiguration : IEntityTypeConfiguration<WebhookConcept>
{
    public void Configure(EntityTypeBuilder<WebhookConcept> builder)
    {
        builder.ToTable("webhook_concepts");
        builder.HasKey(filter => new { filter.WebhookId, filter.ConceptId });
        builder.HasIndex(filter => filter.ConceptId);
        builder.HasOne(filter => filter.Concept).WithMany().HasForeignKey(filter => filter.ConceptId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DeliveryConfiguration : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("webhook_deliveries", table =>
        {
            table.HasCheckConstraint("ck_webhook_deliveries_ping", "(event = 'webhookPing') = (position is null)");
            table.HasCheckConstraint("ck_webhook_deliveries_settled", "(state = 'pending') = (settled_at is null)");
            table.HasCheckConstraint(
                "ck_webhook_deliveries_lease",
                "(lease is null) = (leased_until is null) and (lease is null or state = 'pending')"
            );
        });
        builder.Property(delivery => delivery.Id).UseIdentityAlwaysColumn();
        builder.Property(delivery => delivery.Event).HasMaxLength(20);
        builder.Property(delivery => delivery.State).HasMaxLength(10);
        builder.Property(delivery => delivery.Lease).IsConcurrencyToken();
        builder.HasOne(delivery => delivery.Webhook).WithMany().HasForeignKey(delivery => delivery.WebhookId);
        builder.HasMany(delivery => delivery.Attempts).WithOne().HasForeignKey(attempt => attempt.DeliveryId);
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.Position }).IsUnique();
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.Id });
        builder
            .HasIndex(delivery => new
            {
                delivery.WebhookId,
                delivery.DueAt,
                delivery.Id,
            })
            .HasFilter("state = 'pending'");
        builder
            .HasIndex(delivery => new
            {
                delivery.WebhookId,
                delivery.SubjectId,
                delivery.Position,
            })
            .HasFilter("state = 'pending'");
        builder.HasIndex(delivery => delivery.WebhookId).HasFilter("leased_until is not null");
        builder.HasIndex(delivery => delivery.SettledAt).HasFilter("settled_at is not null");
    }
}

internal sealed class AttemptConfiguration : IEntityTypeConfiguration<Attempt>
{
    public void Configure(EntityTypeBuilder<Attempt> builder)
    {
        builder.ToTable("webhook_attempts");
        builder.Property(attempt => attempt.Id).UseIdentityAlwaysColumn();
        builder.Property(attempt => attempt.Outcome).HasMaxLength(20);
        builder.HasIndex(attempt => new { attempt.DeliveryId, attempt.Id });
        builder.Ignore(attempt => attempt.RetryAfter);
    }
}
