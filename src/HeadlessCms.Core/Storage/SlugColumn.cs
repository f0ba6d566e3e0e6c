using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal static class SlugColumn
{
    /// <summary>The rule of a slug as a check constraint, for slugs in any script; which letters are one is the entity's to know.</summary>
    public const string Check = @"slug ~ '^[a-z0-9\u00AA-\U0010FFFF]+(-[a-z0-9\u00AA-\U0010FFFF]+)*$' and slug is nfc normalized";

    /// <summary>A slug's column: compared byte by byte, so that an index serves prefixes too.</summary>
    public static PropertyBuilder<string> IsSlug(this PropertyBuilder<string> property) =>
        property.HasMaxLength(Slug.MaxLength).UseCollation("C");
}
