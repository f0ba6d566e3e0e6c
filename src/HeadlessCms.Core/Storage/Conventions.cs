using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;
using HeadlessCms.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Core.Storage;

/// <summary>Conventions of all tables and views: enums are stored as text.</summary>
internal static class Conventions
{
    public static void Apply(ModelConfigurationBuilder builder)
    {
        builder.Properties<AppearanceKind>().HaveConversion<EnumText<AppearanceKind>>();
        builder.Properties<AttemptOutcome>().HaveConversion<EnumText<AttemptOutcome>>();
        builder.Properties<AuditAction>().HaveConversion<EnumText<AuditAction>>();
        builder.Properties<AuditSubject>().HaveConversion<EnumText<AuditSubject>>().HaveMaxLength(20);
        builder.Properties<ArticleStatus>().HaveConversion<EnumText<ArticleStatus>>();
        builder.Properties<BodyFormat>().HaveConversion<EnumText<BodyFormat>>();
        builder.Properties<ChangeType>().HaveConversion<EnumText<ChangeType>>();
        builder.Properties<ConceptKind>().HaveConversion<EnumText<ConceptKind>>().HaveMaxLength(20);
        builder.Properties<CorrectionKind>().HaveConversion<EnumText<CorrectionKind>>();
        builder.Properties<DeliveryState>().HaveConversion<EnumText<DeliveryState>>();
        builder.Properties<DeskSection>().HaveConversion<EnumText<DeskSection>>();
        builder.Properties<DisabledReason>().HaveConversion<EnumText<DisabledReason>>();
        builder.Properties<PlaceKind>().HaveConversion<EnumText<PlaceKind>>();
        builder.Properties<Relation>().HaveConversion<EnumText<Relation>>();
        builder.Properties<Role>().HaveConversion<EnumText<Role>>();
        builder.Properties<ChangeEvent>().HaveConversion<EnumText<ChangeEvent>>();
        builder.Properties<WebhookState>().HaveConversion<EnumText<WebhookState>>();
    }
}
