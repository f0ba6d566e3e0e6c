using System.IO.Pipelines;
using System.Reflection;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Content.Concepts;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Kinds;
using HeadlessCms.Api.Editorial.Webhooks;
using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Tests.Architecture;

/// <summary>A value that is added to an enum fails here until every place that depends on the enum handles it.</summary>
public sealed class EnumTests
{
    public static TheoryData<ConceptKind> Kinds => [.. Enum.GetValues<ConceptKind>()];

    public static TheoryData<ChangeEvent> Events => [.. Enum.GetValues<ChangeEvent>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_is_in_the_list_with_its_own_names_and_types(ConceptKind kind)
    {
        var names = ConceptKindNames.Of(kind);
        Assert.Equal(kind.ToString(), names.SingularTitle);
        Assert.Single(ConceptKindNames.All, other => other.Plural == names.Plural);
        Assert.Equal(kind.ToString(), names.AuditSubject.ToString());
        Assert.Equal(kind, ((Concept)Activator.CreateInstance(names.Entity)!).Kind);
        foreach (var of in new[] { typeof(LiveConcept), typeof(IMention), typeof(MentionRequest), typeof(ConceptResponse) })
            Assert.Contains(names.SingularTitle, OfKindAttribute.TypeOf(of, names).ToString(), StringComparison.Ordinal);
        Assert.Contains(EditorialKind.All, editorial => editorial.Names == names);
        Assert.Equal($"/content/v1/{names.Plural}/x", ContentPath.Of(names.Singular, "x"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_has_its_members_in_every_contract(ConceptKind kind)
    {
        var names = ConceptKindNames.Of(kind);
        foreach (
            var contract in new[]
            {
                typeof(ArticleRequest),
                typeof(ArticleBase),
                typeof(ArticleItem),
                typeof(ArticleFacets),
                typeof(WebhookRequest),
                typeof(WebhookResponse),
            }
        )
            Assert.Contains(KindMembers.Of(contract), member => member.Name == names.Plural);
        foreach (
            var filter in new[]
            {
                typeof(HeadlessCms.Api.Content.Articles.ArticleListQuery),
                typeof(HeadlessCms.Api.Editorial.Articles.ArticleListQuery),
            }
        )
            Assert.Contains(QueryRule.Of(filter), parameter => parameter.Name == names.Singular);
        Assert.Contains(names.Plural, new FacetsAttribute().Names);
        Assert.Contains(OpenApiDocuments.All, document => document.Tags.Any(tag => tag.Name == names.PluralTitle));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_has_a_name_a_description_and_a_subject(ChangeEvent one)
    {
        Assert.Contains('.', EnumNames.Of(one));
        Assert.NotEmpty(one.Rule().Description);
        Assert.Contains(ChangeEvents.SubjectOf(one), new[] { "article", "concept", "webhook" });
    }

    [Fact]
    public void A_change_has_one_event_or_is_known_to_have_none()
    {
        ChangeType[] unpublished = [ChangeType.Scheduled, ChangeType.Purged];
        foreach (var type in Enum.GetValues<ChangeType>().Except(unpublished))
            Assert.Contains(type, ChangeEvents.EventOf(type).Rule().Types);
        Assert.All(unpublished, type => Assert.Throws<KeyNotFoundException>(() => ChangeEvents.EventOf(type)));
    }

    [Fact]
    public async Task A_feed_format_has_an_entry_and_a_writer()
    {
        Assert.Equal(
            Enum.GetValues<FeedFormatName>().Except([FeedFormatName.Jsonld]), // for single stories
            FeedFormat.All.Select(format => format.Format)
        );
        foreach (var format in FeedFormat.All)
        {
            await using var writer = FeedWriters.Of(format, new Pipe().Writer);
            Assert.Equal(format.Format, writer.GetType().GetCustomAttribute<WritesAttribute>()!.Format);
        }
    }

    [Fact]
    public void A_relation_an_order_and_a_body_format_are_handled()
    {
        foreach (var relation in Enum.GetValues<Relation>())
        foreach (var direct in new[] { true, false })
            Assert.NotNull(new AppearanceRule(relation, direct).Counts<LiveAppearance>());
        var bodies = Editorial.BodyTests.Renderer();
        foreach (var format in Enum.GetValues<BodyFormat>())
            Assert.Contains(
                "words",
                bodies.Render(format, "words", TestContext.Current.CancellationToken).Body.Html,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void A_role_has_a_policy() => Assert.All(Enum.GetValues<Role>(), role => Assert.Equal(EnumNames.Of(role), Policies.Of(role)));

    [Fact]
    public void A_stored_enum_fits_its_column()
    {
        using var db = new NewsroomDbContext(
            (Microsoft.EntityFrameworkCore.DbContextOptions<NewsroomDbContext>)
                new Microsoft.EntityFrameworkCore.DbContextOptionsBuilder<NewsroomDbContext>()
                    .UseNewsroom(Npgsql.NpgsqlDataSource.Create("Host=localhost"))
                    .Options
        );
        var stored = db
            .Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties())
            .Select(property =>
                (property, type: Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType, length: property.GetMaxLength())
            )
            .Where(column => column.type.IsEnum && column.length is not null)
            .ToList();
        Assert.Contains(stored, column => column.type == typeof(AuditSubject));
        Assert.Contains(stored, column => column.type == typeof(DeliveryState));
        Assert.All(stored, column =>
            Assert.All(Enum.GetNames(column.type), name => Assert.True(name.Length <= column.length, $"{column.property}: {name}"))
        );
    }
}
