using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>
/// What speaks for and against tagging a story with a concept: how and where it is named, how often the newsroom tags it when it is named,
/// and what the words of the story say.
/// </summary>
internal static class TagFeatures
{
    public const int Count = 33;

    /// <summary>Word scores are cut here: beyond it they say nothing more.</summary>
    private const float MostScore = 6;

    /// <summary>The features of a concept in a story.</summary>
    /// <param name="story">The story.</param>
    /// <param name="names">What it names.</param>
    /// <param name="concept">The concept.</param>
    /// <param name="wordScore">The score of the concept's word model, where it has one.</param>
    /// <param name="habit">How often the newsroom tags the concept, and how often when it is named.</param>
    public static float[] Of(Story story, StoryNames names, IndexedConcept concept, float? wordScore, TagHabit habit)
    {
        var features = new float[Count];
        var score = Math.Clamp(wordScore ?? 0, -MostScore, MostScore);
        var named = names[concept.Id];
        var rate = habit.LogOdds;
        if (named is { Names.Count: > 0 })
        {
            Position(features, story, named);
            Context(features, story, names, named);
            features[11] = rate;
            features[12] = MathF.Log(1 + habit.Named);
            features[13] = features[0] * rate;
            features[14] = features[2] * rate;
            features[15] = 1;
            features[31] = habit.Named == 0 ? 1 : 0;
        }
        if (named is { Implied.Count: > 0 })
        {
            features[16] = MathF.Log(1 + named.Implied.Count);
            features[17] = Exists(story, named.Implied, PartKind.Headline);
            features[18] = Exists(story, named.Implied, PartKind.Dateline);
            features[19] = named.Names.Count == 0 ? 1 : 0;
            features[20] = named.Implied.Any(name => name.Part == story.FirstParagraph) ? 1 : 0;
        }
        features[21] = score;
        features[22] = wordScore is null ? 1 : 0;
        features[23] = features[15] * score;
        features[24] = Math.Max(score, 0);
        features[25] = features[0] * score;
        features[26] = MathF.Log(1 + habit.Tagged);
        features[27] = concept.Parent is null ? 0 : 1;
        return features;
    }

    private static void Position(float[] features, Story story, NamedConcept named)
    {
        features[0] = Exists(story, named.Names, PartKind.Headline);
        features[1] = Exists(story, named.Names, PartKind.Dateline);
        features[2] = named.Names.Any(name => name.Part == story.FirstParagraph || story.Parts[name.Part].Kind == PartKind.Standfirst)
            ? 1
            : 0;
        var inBody = named.Names.Count(name => story.Parts[name.Part].Kind == PartKind.Paragraph);
        features[3] = MathF.Log(1 + inBody);
        var paragraphs = Math.Max(1, story.Parts.Count - story.FirstParagraph);
        var first = named.Names[0].Part - story.FirstParagraph;
        features[4] = 1 - Math.Clamp((float)first / paragraphs, 0, 1);
        features[5] = inBody == 1 ? 1 : 0;
        features[6] = named.Names.All(name => story.Parts[name.Part].AllCapitals) ? 1 : 0;
        features[29] = MathF.Log(1 + named.Names.Count) - MathF.Log(10 + story.Words / 20f);
        features[30] = first == 1 ? 1 : 0;
    }

    private static void Context(float[] features, Story story, StoryNames names, NamedConcept named)
    {
        var kind = named.Concept.Kind;
        var all = names.All.Where(other => other.Concept.Kind == kind).Sum(other => other.Names.Count);
        features[7] = (float)named.Names.Count / all;
        features[8] = named.Rivals.Count > 0 ? 1 : 0;
        features[9] = named.BySurnameOnly ? 1 : 0;
        features[10] = Share(named.Names, name => FollowsCapital(story, name));
        features[32] = Share(named.Names, name => PrecedesCapital(story, name));
        features[28] = kind == ConceptKind.Person && named.Names.Any(name => FollowsTitle(story, name)) ? 1 : 0;
    }

    // A capital that is no title's: "McDonnell Douglas".
    private static bool FollowsCapital(Story story, NameMatch name)
    {
        var part = story.Parts[name.Part];
        if (part.AllCapitals || name.First == 0 || part.Words[name.First].Gap is not (Gap.Space or Gap.Joined))
            return false;
        var before = part.Words[name.First - 1];
        return before.IsCapital && !part.BeginsSentence(name.First - 1) && !Titles.IsTitle(before.Folded);
    }

    private static bool PrecedesCapital(Story story, NameMatch name)
    {
        var part = story.Parts[name.Part];
        return !part.AllCapitals
            && name.Last + 1 < part.Words.Count
            && part.Words[name.Last + 1] is { IsCapital: true, Gap: Gap.Space or Gap.Joined }
            && !part.Words[name.Last].Possessive;
    }

    private static bool FollowsTitle(Story story, NameMatch name) =>
        name.First > 0 && Titles.IsTitle(story.Parts[name.Part].Words[name.First - 1].Folded);

    private static float Share(IReadOnlyList<NameMatch> names, Func<NameMatch, bool> holds) => (float)names.Count(holds) / names.Count;

    private static float Exists(Story story, IReadOnlyList<NameMatch> names, PartKind kind) =>
        names.Any(name => story.Parts[name.Part].Kind == kind) ? 1 : 0;
}

/// <summary>What a newsroom does with a concept.</summary>
/// <param name="Named">The number of stories that name it.</param>
/// <param name="TaggedOfNamed">The number of those that are tagged with it.</param>
/// <param name="Tagged">The number of stories that are tagged with it.</param>
/// <param name="Rate">How often concepts of its kind are tagged when they are named.</param>
internal readonly record struct TagHabit(int Named, int TaggedOfNamed, int Tagged, float Rate)
{
    private const float Doubt = 3;

    /// <summary>The logarithm of the odds that it is tagged when it is named, drawn to those of its kind where little is known.</summary>
    public float LogOdds
    {
        get
        {
            var rate = (TaggedOfNamed + Doubt * Rate) / (Named + Doubt);
            return MathF.Log(rate / (1 - rate));
        }
    }
}
