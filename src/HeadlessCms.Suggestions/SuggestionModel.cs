using System.IO.Compression;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>What was learned from a newsroom's stories. Immutable.</summary>
public sealed class SuggestionModel
{
    /// <summary>The version of the format and of the features; bytes of another version are not read.</summary>
    public const int Format = 1;

    private readonly Dictionary<Guid, ConceptModel> _concepts;
    private readonly Dictionary<ConceptKind, TagModel> _kinds;

    internal SuggestionModel(
        DateTimeOffset trainedAt,
        int stories,
        IEnumerable<ConceptModel> concepts,
        IEnumerable<TagModel> kinds,
        WordModels words,
        SmallWords smallWords
    )
    {
        (TrainedAt, Stories, WordModels, SmallWords) = (trainedAt, stories, words, smallWords);
        _concepts = concepts.ToDictionary(concept => concept.Concept);
        _kinds = kinds.ToDictionary(kind => kind.Kind);
    }

    /// <summary>When it was trained.</summary>
    public DateTimeOffset TrainedAt { get; }

    /// <summary>The number of stories that it was trained on.</summary>
    public int Stories { get; }

    /// <summary>What is known of each concept, with its measured precision and recall.</summary>
    public IReadOnlyCollection<ConceptModel> Concepts => _concepts.Values;

    internal WordModels WordModels { get; }
    internal SmallWords SmallWords { get; }

    /// <summary>What is known of a concept.</summary>
    public ConceptModel? Of(Guid concept) => _concepts.GetValueOrDefault(concept);

    /// <summary>How good its suggestions of a kind are on stories that were held out.</summary>
    public Measure MeasureOf(ConceptKind kind) =>
        Concepts.Where(concept => concept.Kind == kind).Aggregate(default(Measure), (sum, concept) => sum + concept.Measured);

    internal TagModel? Of(ConceptKind kind) => _kinds.GetValueOrDefault(kind);

    internal TagHabit Habit(Guid concept, ConceptKind kind)
    {
        var rate = Of(kind)?.Rate ?? 0.5f;
        return Of(concept) is { } known ? new(known.Named, known.TaggedOfNamed, known.Tagged, rate) : new(0, 0, 0, rate);
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">It is of another format, or damaged.</exception>
    public static SuggestionModel Load(byte[] model)
    {
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            using var reader = new BinaryReader(new BrotliStream(new MemoryStream(model), CompressionMode.Decompress));
            return reader.ReadInt32() == Format ? Read(reader) : throw new InvalidDataException("The model is of another version.");
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException("The model is damaged.", exception);
        }
    }

    /// <summary>The model as bytes, for <see cref="Load"/>.</summary>
    public byte[] Save()
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(bytes, CompressionLevel.Optimal, leaveOpen: true)))
        {
            writer.Write(Format);
            Write(writer);
        }
        return bytes.ToArray();
    }

    private void Write(BinaryWriter writer)
    {
        writer.Write(TrainedAt.ToUnixTimeMilliseconds());
        writer.Write(Stories);
        writer.Write(_concepts.Count);
        foreach (var concept in _concepts.Values)
            concept.Write(writer);
        writer.Write(_kinds.Count);
        foreach (var kind in _kinds.Values)
        {
            writer.Write((byte)kind.Kind);
            Binary.Write(writer, kind.Weights.Weights);
            writer.Write(kind.Weights.Bias);
            writer.Write(kind.Rate);
            writer.Write(kind.Threshold);
        }
        writer.Write(SmallWords.Words.Count);
        foreach (var word in SmallWords.Words)
            writer.Write(word);
        WordModels.Write(writer);
    }

    private static SuggestionModel Read(BinaryReader reader)
    {
        var trainedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        var stories = reader.ReadInt32();
        var concepts = Several(reader, ConceptModel.Read);
        var kinds = Several(reader, r => new TagModel(
            (ConceptKind)r.ReadByte(),
            new(Binary.Read<float>(r), r.ReadSingle()),
            r.ReadSingle(),
            r.ReadSingle()
        ));
        var common = Several(reader, r => r.ReadString());
        return new(trainedAt, stories, concepts, kinds, WordModels.Read(reader), new(common));
    }

    private static List<T> Several<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new List<T>();
        for (var left = Binary.Length(reader); left > 0; left--)
            items.Add(read(reader));
        return items;
    }
}

/// <summary>What was learned of a concept.</summary>
/// <param name="Concept">The concept.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Named">The number of stories that name it.</param>
/// <param name="TaggedOfNamed">The number of those that are tagged with it.</param>
/// <param name="Tagged">The number of stories that are tagged with it.</param>
/// <param name="Measured">How good its suggestions are on stories that were held out.</param>
/// <param name="Threshold">The log-odds from which on a story is about it.</param>
/// <param name="Words">The words that speak most for it; empty where it has no word model.</param>
public sealed record ConceptModel(
    Guid Concept,
    ConceptKind Kind,
    int Named,
    int TaggedOfNamed,
    int Tagged,
    Measure Measured,
    float Threshold,
    IReadOnlyList<string> Words
)
{
    // So many suggestions of held-out stories say how good a model is.
    private const int LeastSuggestions = 5;

    /// <summary>Below this precision on held-out stories a model is not used: the concept is suggested where it is named.</summary>
    public const double LeastPrecision = 0.5;

    /// <summary>Whether what was learned of it is used.</summary>
    public bool IsTrusted => Measured.Right + Measured.Wrong < LeastSuggestions || Measured.Precision >= LeastPrecision;

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Concept.ToByteArray());
        writer.Write((byte)Kind);
        Binary.Write(writer, [Named, TaggedOfNamed, Tagged, Measured.Right, Measured.Wrong, Measured.Missed]);
        writer.Write(Threshold);
        writer.Write(Words.Count);
        foreach (var word in Words)
            writer.Write(word);
    }

    internal static ConceptModel Read(BinaryReader reader)
    {
        var concept = new Guid(reader.ReadBytes(16));
        var kind = (ConceptKind)reader.ReadByte();
        if (Binary.Read<int>(reader) is not [var named, var taggedOfNamed, var tagged, var right, var wrong, var missed])
            throw new InvalidDataException("The model is damaged.");
        var threshold = reader.ReadSingle();
        var words = new string[Binary.Length(reader)];
        for (var word = 0; word < words.Length; word++)
            words[word] = reader.ReadString();
        return new(concept, kind, named, taggedOfNamed, tagged, new(right, wrong, missed), threshold, words);
    }
}

/// <summary>A story that editors tagged.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Concepts">The concepts that it is tagged with.</param>
public sealed record TaggedStory(StoryText Text, IReadOnlyList<Guid> Concepts);
