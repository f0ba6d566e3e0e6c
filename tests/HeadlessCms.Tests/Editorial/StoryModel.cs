namespace HeadlessCms.Tests.Editorial;

/// <summary>An instant between two readings of the clock; a requested instant is known exactly.</summary>
internal readonly record struct Moment(DateTimeOffset Earliest, DateTimeOffset Latest)
{
    public static Moment At(DateTimeOffset instant) => new(instant, instant);

    public static bool operator <(Moment a, Moment b) => a.Latest < b.Earliest;

    public static bool operator >(Moment a, Moment b) => b < a;

    /// <summary>Whether the moment has passed at <paramref name="instant"/>, which must not lie within it.</summary>
    public bool HasComeBy(DateTimeOffset instant) => Latest <= instant;
}

internal sealed class ModelRevision(string text, IEnumerable<string> people)
{
    public string Text { get; } = text;

    public SortedSet<string> People { get; private set; } = new(people, StringComparer.Ordinal);

    public void Replace(string person, string by)
    {
        if (People.Remove(person))
            People.Add(by);
    }
}

/// <summary>A period in which a revision is live.</summary>
internal sealed class ModelLife(int revision, Moment from, Moment? until)
{
    public int Revision { get; } = revision;

    public Moment From { get; } = from;

    public Moment? Until { get; set; } = until;

    public Moment? Planned { get; set; } = until;

    public bool HasTimeAfter(Moment instant) => Until is not { } until || until > instant;

    public bool IsAsAsked(int revision, Moment? begin, Moment? until, Moment now) =>
        Revision == revision && Planned == until && HasTimeAfter(now) && (begin is { } from ? From == from : !(From > now));

    public bool HoldsAt(DateTimeOffset instant) => From.HasComeBy(instant) && Until?.HasComeBy(instant) != true;
}

/// <summary>A minimal model of an article. Each command returns the rule that refuses it, or null.</summary>
internal sealed class StoryModel(ModelRevision first)
{
    private readonly List<(Moment From, Moment? Until)> _withdrawn = [];

    public List<ModelRevision> Revisions { get; } = [first];

    public List<ModelLife> Lives { get; private set; } = [];

    public bool IsTrashed { get; private set; }

    private bool IsWithdrawn => _withdrawn is [.., (_, null)];

    public ModelRevision? LiveAt(DateTimeOffset instant) =>
        Lives.Find(life => life.HoldsAt(instant)) is { } life ? Revisions[life.Revision - 1] : null;

    public bool IsWithdrawnAt(DateTimeOffset instant) =>
        _withdrawn.Exists(time => time.From.HasComeBy(instant) && time.Until?.HasComeBy(instant) != true);

    /// <summary>Every instant at which the state of the article changes.</summary>
    public IEnumerable<Moment> Moments =>
        Lives
            .SelectMany(life => life.Until is { } until ? new[] { life.From, until } : [life.From])
            .Concat(_withdrawn.SelectMany(time => time.Until is { } until ? new[] { time.From, until } : [time.From]));

    public string? Save(ModelRevision revision)
    {
        if (IsTrashed)
            return "trashed";
        Revisions.Add(revision);
        return null;
    }

    public string? Publish(int revision, Moment? begin, Moment? until, Moment now)
    {
        if (IsTrashed)
            return "trashed";
        if (IsWithdrawn)
            return "withdrawn";
        if (Lives.Exists(life => life.IsAsAsked(revision, begin, until, now)))
            return null;
        var from = begin ?? now;
        if (until is { } end && (end < from || end < now))
            return "emptyRange";
        if (from < now && Lives.Exists(life => !(life.From > now) && life.HasTimeAfter(from)))
            return "pastIsFixed";
        Lives.RemoveAll(life => !(life.From < from) && (until is null || life.From < until));
        foreach (var life in Lives.Where(life => life.From < from && life.HasTimeAfter(from)))
            life.Until = from;
        Lives.Add(new ModelLife(revision, from, until));
        return null;
    }

    public string? CancelNext(Moment now)
    {
        if (Lives.Where(life => life.From > now).MinBy(life => life.From.Earliest) is not { } next)
            return "notFound";
        Lives.Remove(next);
        var after = Lives.Where(life => life.From > next.From).Select(life => (Moment?)life.From).MinBy(from => from!.Value.Earliest);
        if (Lives.Find(life => life.Until == next.From && life.Planned != next.From) is not { } before)
            return null;
        before.Until =
            before.Planned is not { } planned ? after
            : after is { } sooner && sooner < planned ? after
            : planned;
        return null;
    }

    public string? Unpublish(Moment? at, Moment now)
    {
        if (IsTrashed)
            return "trashed";
        if (Lives.Find(life => !(life.From > now) && life.HasTimeAfter(now)) is not { } live)
            return "notLive";
        if (at is { } instant && live.Until is { } until && instant > until)
            return "endsEarlier";
        live.Until = live.Planned = at ?? now;
        return null;
    }

    public string? Withdraw(Moment now)
    {
        if (IsTrashed)
            return "trashed";
        if (IsWithdrawn)
            return "withdrawn";
        if (!Lives.Exists(life => !(life.From > now)))
            return "neverLive";
        EndAll(now);
        _withdrawn.Add((now, null));
        return null;
    }

    public void Trash(Moment now)
    {
        if (IsTrashed)
            return;
        IsTrashed = true;
        EndAll(now);
    }

    public string? Restore(Moment now)
    {
        if (IsTrashed)
            IsTrashed = false;
        else if (IsWithdrawn)
            _withdrawn[^1] = (_withdrawn[^1].From, now);
        else
            return "notTrashed";
        return null;
    }

    public void Merge(string person, string into, Moment now)
    {
        foreach (var number in Lives.Where(life => life.HasTimeAfter(now)).Select(life => life.Revision).Append(Revisions.Count))
            Revisions[number - 1].Replace(person, into);
    }

    private void EndAll(Moment now)
    {
        Lives.RemoveAll(life => life.From > now);
        foreach (var life in Lives.Where(life => life.HasTimeAfter(now)))
            life.Until = life.Planned = now;
    }
}
