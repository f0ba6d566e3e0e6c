using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Concepts;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Core.Storage;

/// <summary>Conventions of all tables and views: enums are stored as text.</summary>
internal static class Conventions
{
    public static void Apply(ModelConfigurationBuilder builder)
    {
        foreach (var type in typeof(Conventions).Assembly.GetTypes().Where(type => type.IsEnum))
            builder.Properties(type).HaveConversion(typeof(EnumText<>).MakeGenericType(type));
        builder.Properties<AuditSubject>().HaveMaxLength(20);
        builder.Properties<ConceptKind>().HaveMaxLength(20);
    }
}
