using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

/// <summary>Maps the JSON members of expanded revisions.</summary>
internal static class ViewConfiguration
{
    public static void Expand<T>(EntityTypeBuilder<T> view)
        where T : ExpandedRevision
    {
        view.Property(row => row.Authors).AsJson();
        view.Property(row => row.DatelinePlace).AsJson();
        view.Property(row => row.LeadImage).AsJson();
        view.Property(row => row.Concepts).AsJson();
        view.Property(row => row.Flags).AsJson();
    }
}
