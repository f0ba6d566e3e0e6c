using HeadlessCms.Api.Editorial.Suggestions;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Suggestions are learned from live stories, stored, and used by every node.</summary>
public sealed class SuggestionTrainingTests(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
{
    private static readonly string[] Farming = ["harvest", "barley", "cattle", "meadow", "tractor"];
    private static readonly string[] Rowing = ["regatta", "rowers", "crew", "boat", "finish"];

    [Fact]
    public async Task What_live_stories_are_tagged_with_is_suggested_for_others_by_their_words()
    {
        var training = Service<SuggestionTraining>();
        Assert.Null(await training.RunAsync(TestContext.Current.CancellationToken));
        await PublishAsync(SuggestionTraining.LeastStories);
        var article = await Admin.ArticleAsync(
            new { headline = "A wet week", body = Body("The harvest of barley was late for the cattle.") }
        );
        var path = $"/editorial/v1/articles/{article}/suggestions";
        Assert.DoesNotContain("topic:farm-life", (await Admin.ReadAsync(path)).Json.ToJsonString(), StringComparison.Ordinal);

        var model = await training.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, SuggestionTraining.LeastStories), (model!.Version, model.Stories));
        Assert.InRange(model.Precision, 0.9, 1);
        var topic = (await Admin.ReadAsync(path)).Json["items"]!
            .AsArray()
            .Single(one => one!["id"]!.GetValue<string>() == "topic:farm-life")!;
        Assert.Equal("about", topic["relation"]!.GetValue<string>());
        Assert.Contains("Typical words", topic["why"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_process_trains_at_a_time_and_a_damaged_model_keeps_nobody_from_suggestions()
    {
        await PublishAsync(SuggestionTraining.LeastStories);
        var training = Service<SuggestionTraining>();
        await using (var other = new NpgsqlConnection(ConnectionString))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var locking = new NpgsqlCommand("select pg_advisory_lock(hashtext('train-suggestions'))", other);
            await locking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            Assert.Null(await training.RunAsync(TestContext.Current.CancellationToken));
            await using var releasing = new NpgsqlCommand("select pg_advisory_unlock(hashtext('train-suggestions'))", other);
            await releasing.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await SqlAsync(
            "insert into topic_models (trained_at, stories, format, precision, recall, model) "
                + $"values (now(), 1, {HeadlessCms.Suggestions.SuggestionModel.Format}, 1, 1, '\\x00')"
        );

        var article = await Admin.ArticleAsync(new { headline = "A wet week", body = Body("A story about farm life.") });
        var found = await Admin.ReadAsync($"/editorial/v1/articles/{article}/suggestions");

        Assert.Contains("topic:farm-life", found.Json.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(2, (await training.RunAsync(TestContext.Current.CancellationToken))!.Version);
    }

    private async Task PublishAsync(int stories)
    {
        await Admin.ConceptAsync("topics", new { name = "Farm life" });
        await Admin.ConceptAsync("topics", new { name = "Water sports" });
        var random = new Random(3);
        var lines = Enumerable
            .Range(0, stories)
            .Select(
                object (number) =>
                    new
                    {
                        headline = $"Report {number}",
                        externalId = $"urn:training:{number}",
                        topics = new[] { new { topic = number % 2 == 0 ? "farm-life" : "water-sports" } },
                        body = Body(
                            string.Join(' ', Enumerable.Range(0, 6).Select(_ => (number % 2 == 0 ? Farming : Rowing)[random.Next(5)]))
                        ),
                    }
            );
        await Admin.BulkAsync("/editorial/v1/articles/bulk?publish=true", lines);
        Assert.Equal((long)stories, await SqlAsync("select count(*) from publications"));
    }

    private static object Body(string content) => new { format = "text", content };
}
