using HeadlessCms.Core.Suggestions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HeadlessCms.Core.Storage;

internal sealed class TopicModelConfiguration : IEntityTypeConfiguration<TopicModel>
{
    public void Configure(EntityTypeBuilder<TopicModel> builder)
    {
        builder.ToTable("topic_models", table =>
        {
            table.HasCheckConstraint("ck_topic_models_stories", "stories > 0");
            table.HasCheckConstraint("ck_topic_models_measures", "precision between 0 and 1 and recall between 0 and 1");
            table.HasCheckConstraint("ck_topic_models_model", $"octet_length(model) between 1 and {TopicModel.MaxBytes}");
        });
        builder.HasKey(model => model.Version);
        builder.Property(model => model.Version).UseIdentityAlwaysColumn();
    }
}
