using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal static class SlugColumn
{
    /// <summary>The rule of a slug as a check constraint.</summary>
    public const string Check = $"slug ~ '{Slug.Pattern}'";

    /// <summary>A slug's column: compared byte by byte, so that an index serves prefixes too.</summary>
    public static PropertyBuilder<string> IsSlug(this PropertyBuilder<string> property) =>
        property.HasMaxLength(Slug.MaxLength).UseCollation("C");
}
