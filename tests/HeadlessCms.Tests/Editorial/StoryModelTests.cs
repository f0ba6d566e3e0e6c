using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Random histories of a few articles: Content at any instant must equal a simple model.</summary>
public sealed partial class StoryModelTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const int Stories = 3;
    private const int People = 4;

    private static int s_histories;
    private static int s_told;

    private enum Command
    {
        Save,
        SaveAndPublish,
        Publish,
        PublishOld,
        Schedule,
        ScheduleUntil,
        ScheduleSoon,
        Backdate,
        ExpireSoon,
        Cancel,
        Unpublish,
        UnpublishAt,
        Withdraw,
        Trash,
        Restore,
        RestoreRevision,
        Merge,
        Wait,
    }

    private static readonly Gen<(Command Command, int Story, int Number)[]> Histories = Gen.Select(
        Gen.Enum<Command>(),
        Gen.Int[0, Stories - 1],
        Gen.Int[0, 11]
    ).Array[12, 26];

    [Fact]
    public async Task Content_at_any_instant_is_what_a_simple_model_says_after_any_history()
    {
        await Histories.SampleAsync(TellAsync, iter: 24, threads: 4);

        Assert.SkipWhen(s_told < 8, "The machine is too slow to tell the order of things.");
    }

    private async Task TellAsync((Command Command, int Story, int Number)[] commands)
    {
        var history = new History(newsroom, Interlocked.Increment(ref s_histories));
        try
        {
            await history.BeginAsync();
            foreach (var (command, story, number) in commands)
                await history.DoAsync(command, story, number);
            await history.CheckAsync();
            Interlocked.Increment(ref s_told);
        }
        catch (TooSlowException)
        {
            // The checks so far are valid; the rest of the history cannot be checked.
        }
    }

    /// <summary>An instant passed while a command ran, so the order of the two is unknown.</summary>
    private sealed class TooSlowException : Exception;

    /// <summary>One history, run against the app and the model.</summary>
    private sealed partial class History(Newsroom newsroom, int number)
    {
        private readonly DateTimeOffset _future = new(2998, 1, 1, 0, 0, 0, TimeSpan.Zero);
        private readonly List<(string Slug, StoryModel Model)> _stories = [];
        private readonly List<string> _people = [];
        private readonly Dictionary<string, string> _merged = [];
        private int _texts;

        private HttpClient Editor => newsroom.Admin;

        private string Topic => $"history-{number}";

        public async Task BeginAsync()
        {
            await Editor.ConceptAsync("topics", new { name = "History", slug = Topic });
            for (var person = 0; person < People; person++)
                _people.Add(await Editor.ConceptAsync("people", new { name = "Somebody", slug = $"history-{number}-{person}" }));
            for (var story = 0; story < Stories; story++)
            {
                var first = NewRevision(story);
                var slug = $"history-{number}-{story}";
                await Editor.ArticleAsync(Content(first, slug));
                _stories.Add((slug, new StoryModel(first)));
            }
        }

        public async Task DoAsync(Command command, int story, int pick)
        {
            var (slug, model) = _stories[story];
            var path = $"/editorial/v1/articles/{slug}";
            var revision = pick % model.Revisions.Count + 1;
            var planned = _future.AddDays(pick);
            switch (command)
            {
                case Command.Save or Command.SaveAndPublish:
                    var saved = NewRevision(pick);
                    await ExpectAsync(() => Editor.PutAsync(path, Content(saved, slug), "*"), _ => model.Save(saved));
                    if (command == Command.SaveAndPublish)
                        await PublishAsync(path, model, model.Revisions.Count, null, null);
                    break;
                case Command.Publish:
                    await PublishAsync(path, model, model.Revisions.Count, null, null);
                    break;
                case Command.PublishOld:
                    await PublishAsync(path, model, revision, null, null);
                    break;
                case Command.Schedule:
                    await PublishAsync(path, model, revision, planned, null);
                    break;
                case Command.ScheduleUntil:
                    await PublishAsync(path, model, revision, planned, planned.AddDays(1 + pick % 4));
                    break;
                case Command.ScheduleSoon:
                    await PublishAsync(path, model, revision, await SoonAsync(300), null);
                    break;
                case Command.Backdate:
                    await PublishAsync(
                        path,
                        model,
                        revision,
                        new DateTimeOffset(1990 + pick, 1, 1, 0, 0, 0, TimeSpan.Zero),
                        pick % 2 == 0 ? null : _future.AddDays(-pick)
                    );
                    break;
                case Command.ExpireSoon:
                    await PublishAsync(path, model, revision, null, await SoonAsync(400));
                    break;
                case Command.Cancel:
                    await ExpectAsync(() => Editor.DeleteAsync($"{path}/publications/next", null), model.CancelNext);
                    break;
                case Command.Unpublish:
                    await ExpectAsync(() => Editor.PostAsync($"{path}/unpublish"), now => model.Unpublish(null, now));
                    break;
                case Command.UnpublishAt:
                    await ExpectAsync(
                        () => Editor.PostAsync($"{path}/unpublish", new { at = planned }),
                        now => model.Unpublish(Moment.At(planned), now)
                    );
                    break;
                case Command.Withdraw:
                    await ExpectAsync(() => Editor.PostAsync($"{path}/withdraw", new { reason = "In doubt" }), model.Withdraw);
                    break;
                case Command.Trash:
                    await ExpectAsync(
                        () => Editor.DeleteAsync(path, "*"),
                        now =>
                        {
                            model.Trash(now);
                            return null;
                        }
                    );
                    break;
                case Command.Restore:
                    await ExpectAsync(() => Editor.PostAsync($"{path}/restore"), model.Restore);
                    break;
                case Command.RestoreRevision when revision != model.Revisions.Count:
                    var old = model.Revisions[revision - 1];
                    var restored = new ModelRevision(old.Text, old.People.Select(Led));
                    // Saving unchanged content creates no revision.
                    await ExpectAsync(
                        () => Editor.PostAsync($"{path}/revisions/{revision}/restore"),
                        _ => Shown(restored) == Shown(model.Revisions[^1]) ? null : model.Save(restored)
                    );
                    break;
                case Command.Merge when _people.Count > 1:
                    await MergeAsync(_people[pick % _people.Count], _people[(pick + 1) % _people.Count]);
                    break;
                case Command.Wait:
                    await SettleAsync(TimeSpan.FromSeconds(1));
                    break;
            }
        }

        /// <summary>Reads Content at and just before every boundary.</summary>
        public async Task CheckAsync()
        {
            await SettleAsync(TimeSpan.FromSeconds(1));
            var token = (await Editor.PostAsync("/editorial/v1/previews", new { })).Expect(HttpStatusCode.Created)[
                "token"
            ]!.GetValue<string>();
            var moments = _stories.SelectMany(story => story.Model.Moments).Distinct().ToList();
            var now = await newsroom.ClockAsync();
            var instants = moments
                .SelectMany(moment => new[] { moment.Earliest.AddMicroseconds(-1), moment.Latest })
                .Append(now)
                .Append(_future.AddDays(400))
                .Distinct()
                .Where(instant => moments.TrueForAll(moment => instant < moment.Earliest || instant >= moment.Latest))
                .Order()
                .ToList();
            foreach (var instant in instants)
                await CheckAsync(
                    instant,
                    $"&asOf={Uri.EscapeDataString(instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))}&preview={token}"
                );
            await CheckAsync(now, "");
            await newsroom.SqlAsync("set constraints all immediate");
            Assert.Equal(
                0L,
                await newsroom.SqlAsync(
                    """
                    select count(*) from publications a join publications b on a.article_id = b.article_id and a.id < b.id
                    where tstzrange(a.live_from, a.live_until) && tstzrange(b.live_from, b.live_until)
                    """
                )
            );
            foreach (var (slug, model) in _stories)
                Assert.Equal(
                    model.Revisions.Count,
                    (await Editor.ReadAsync($"/editorial/v1/articles/{slug}/revisions?count=true&limit=1")).Json["total"]!.GetValue<int>()
                );
        }

        private async Task CheckAsync(DateTimeOffset instant, string preview)
        {
            var answer = await newsroom.Anyone.ReadAsync($"/content/v1/articles?topic={Topic}&limit=100{preview}");
            var listed = answer.Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(Shown!);
            var live = _stories.Select(story => story.Model.LiveAt(instant)).OfType<ModelRevision>().ToList();

            Assert.Equal(live.Select(Shown).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
            Assert.Equal(
                live.Select(revision => revision.Text).Distinct().Order(StringComparer.Ordinal),
                TextInAnswer().Matches(answer.Text).Select(text => text.Value).Distinct().Order(StringComparer.Ordinal)
            );
            foreach (var (slug, model) in _stories)
            {
                var expected =
                    model.LiveAt(instant) is not null ? HttpStatusCode.OK
                    : model.IsWithdrawnAt(instant) ? HttpStatusCode.Gone
                    : HttpStatusCode.NotFound;
                Assert.Equal(expected, await newsroom.Anyone.LiveStatusAsync(slug, preview.Length > 0 ? $"?{preview[1..]}" : ""));
            }
        }

        private Task PublishAsync(string path, StoryModel model, int revision, DateTimeOffset? from, DateTimeOffset? until) =>
            ExpectAsync(
                () =>
                    Editor.PostAsync(
                        $"{path}/publications",
                        new
                        {
                            revision,
                            liveFrom = from,
                            liveUntil = until,
                        }
                    ),
                asked: [.. new[] { from, until }.OfType<DateTimeOffset>().Select(Moment.At)],
                model: now =>
                {
                    var refused = model.Publish(
                        revision,
                        from is { } start ? Moment.At(start) : null,
                        until is { } end ? Moment.At(end) : null,
                        now
                    );
                    if (refused is null && revision != model.Revisions.Count)
                        foreach (var (person, into) in _merged)
                            model.Revisions[revision - 1].Replace(person, into);
                    return refused;
                }
            );

        private async Task MergeAsync(string person, string into)
        {
            _people.Remove(person);
            foreach (var former in _merged.Where(merge => merge.Value == person).Select(merge => merge.Key).ToList())
                _merged[former] = into;
            _merged[person] = into;
            await ExpectAsync(
                () => Editor.PostAsync($"/editorial/v1/people/{person}/merge", new { into }),
                now =>
                {
                    foreach (var (_, model) in _stories)
                        model.Merge(person, into, now);
                    return null;
                }
            );
        }

        /// <summary>Runs a command and expects the result of the model.</summary>
        private async Task ExpectAsync(Func<Task<Answer>> act, Func<Moment, string?> model, params Moment[] asked)
        {
            await SettleAsync(TimeSpan.FromMilliseconds(150));
            var before = await newsroom.ClockAsync();
            var answer = await act();
            var now = new Moment(before, await newsroom.ClockAsync());
            if (
                _stories
                    .SelectMany(story => story.Model.Moments)
                    .Concat(asked)
                    .Any(moment => moment.Latest >= now.Earliest && moment.Earliest <= now.Latest)
            )
                throw new TooSlowException();
            var refused = model(now);
            if (refused is null)
                Assert.True((int)answer.Status < 300, answer.Text);
            else
                Assert.True(
                    answer.Text.Contains($":{refused}\"", StringComparison.Ordinal),
                    $"Expected {refused}: {answer.Status} {answer.Text}"
                );
        }

        /// <summary>Waits until the boundaries within the given time have passed.</summary>
        private async Task SettleAsync(TimeSpan within)
        {
            var now = await newsroom.ClockAsync();
            var next = _stories
                .SelectMany(story => story.Model.Moments)
                .Select(moment => moment.Latest)
                .Where(instant => instant >= now && instant <= now + within)
                .ToList();
            if (next.Count > 0)
                await Eventually.TrueAsync(async () => await newsroom.ClockAsync() > next.Max());
        }

        private async Task<DateTimeOffset> SoonAsync(int milliseconds)
        {
            await SettleAsync(TimeSpan.FromMilliseconds(150));
            return (await newsroom.ClockAsync()).AddMilliseconds(milliseconds);
        }

        private ModelRevision NewRevision(int pick) =>
            new(
                $"text-{number}-{_texts++}",
                Enumerable
                    .Range(0, pick % 3)
                    .Select(person => _people.Count > 0 ? _people[(pick + person) % _people.Count] : "")
                    .Where(person => person.Length > 0)
            );

        private string Led(string person) => _merged.GetValueOrDefault(person, person);

        private object Content(ModelRevision revision, string slug) =>
            new
            {
                headline = revision.Text,
                slug,
                standfirst = $"Standfirst of {revision.Text}",
                body = new { format = "text", content = $"Body of {revision.Text}" },
                people = revision.People.Select(person => new { person }),
                topics = new[] { new { topic = Topic } },
            };

        private static string Shown(ModelRevision revision) => $"{revision.Text}: {string.Join(' ', revision.People)}";

        private static string Shown(JsonNode item)
        {
            var people = item["people"]!.AsArray().Select(person => person!["slug"]!.GetValue<string>());
            return $"{item["headline"]}: {string.Join(' ', people.Order(StringComparer.Ordinal))}";
        }

        [GeneratedRegex(@"text-\d+-\d+")]
        private static partial Regex TextInAnswer();
    }
}
