using System.Runtime.InteropServices;

namespace HeadlessCms.Suggestions;

/// <summary>The word models of all concepts that have one: how much each term of a story speaks for each concept.</summary>
internal sealed class WordModels
{
    private readonly int[] _starts;
    private readonly int[] _models;
    private readonly float[] _weights;
    private readonly Dictionary<Guid, int> _numbers;

    public WordModels(TermSpace space, Guid[] concepts, IReadOnlyList<LinearWeights> models)
    {
        (Space, Concepts, _numbers) = (space, concepts, Numbered(concepts));
        Biases = [.. models.Select(model => model.Bias)];
        _starts = new int[space.Terms.Length + 1];
        var (numbers, weights) = (new List<int>(), new List<float>());
        for (var term = 0; term < space.Terms.Length; term++)
        {
            for (var model = 0; model < models.Count; model++)
                if (models[model].Weights[term] != 0)
                {
                    numbers.Add(model);
                    weights.Add(models[model].Weights[term]);
                }
            _starts[term + 1] = numbers.Count;
        }
        (_models, _weights) = ([.. numbers], [.. weights]);
    }

    private WordModels(TermSpace space, Guid[] concepts, float[] biases, int[] starts, int[] models, float[] weights) =>
        (Space, Concepts, Biases, _starts, _models, _weights, _numbers) = (
            space,
            concepts,
            biases,
            starts,
            models,
            weights,
            Numbered(concepts)
        );

    public TermSpace Space { get; }
    public Guid[] Concepts { get; }
    private float[] Biases { get; }

    public int? NumberOf(Guid concept) => _numbers.TryGetValue(concept, out var number) ? number : null;

    /// <summary>The scores of a story, in the order of <see cref="Concepts"/>: above 0 the words speak for the concept.</summary>
    public float[] Scores(TermVector story)
    {
        var scores = (float[])Biases.Clone();
        for (var index = 0; index < story.Terms.Length; index++)
        for (var at = _starts[story.Terms[index]]; at < _starts[story.Terms[index] + 1]; at++)
            scores[_models[at]] += _weights[at] * story.Values[index];
        return scores;
    }

    /// <summary>The terms of a story that speak most for a concept, the strongest first.</summary>
    public IEnumerable<string> Reasons(TermVector story, int concept) =>
        Enumerable
            .Range(0, story.Terms.Length)
            .Select(index => (story.Terms[index], Weight: WeightOf(story.Terms[index], concept) * story.Values[index]))
            .Where(term => term.Weight > 0)
            .OrderByDescending(term => term.Weight)
            .Select(term => Space.Terms[term.Item1]);

    /// <summary>The terms that speak most for a concept in any story.</summary>
    public IEnumerable<string> Words(int concept) =>
        Enumerable
            .Range(0, Space.Terms.Length)
            .Select(term => (term, Weight: WeightOf(term, concept) * Space.Weights[term]))
            .Where(term => term.Weight > 0)
            .OrderByDescending(term => term.Weight)
            .Select(term => Space.Terms[term.term]);

    public void Write(BinaryWriter writer)
    {
        writer.Write(Space.Terms.Length);
        foreach (var term in Space.Terms)
            writer.Write(term);
        Binary.Write(writer, Space.Weights);
        writer.Write(Concepts.Length);
        foreach (var concept in Concepts)
            writer.Write(concept.ToByteArray());
        Binary.Write(writer, Biases);
        Binary.Write(writer, _starts);
        Binary.Write(writer, _models);
        Binary.Write(writer, _weights);
    }

    public static WordModels Read(BinaryReader reader)
    {
        var terms = new string[Binary.Length(reader)];
        for (var term = 0; term < terms.Length; term++)
            terms[term] = reader.ReadString();
        var space = new TermSpace(terms, Binary.Read<float>(reader));
        var concepts = new Guid[Binary.Length(reader)];
        for (var concept = 0; concept < concepts.Length; concept++)
            concepts[concept] = new(reader.ReadBytes(16));
        return new(
            space,
            concepts,
            Binary.Read<float>(reader),
            Binary.Read<int>(reader),
            Binary.Read<int>(reader),
            Binary.Read<float>(reader)
        );
    }

    private static Dictionary<Guid, int> Numbered(Guid[] concepts) =>
        concepts.Select((concept, number) => (concept, number)).ToDictionary(pair => pair.concept, pair => pair.number);

    private float WeightOf(int term, int concept)
    {
        for (var at = _starts[term]; at < _starts[term + 1]; at++)
            if (_models[at] == concept)
                return _weights[at];
        return 0;
    }
}

/// <summary>Arrays of numbers in a model's bytes, little-endian.</summary>
internal static class Binary
{
    private const int MostItems = 100_000_000;

    public static void Write<T>(BinaryWriter writer, T[] items)
        where T : struct
    {
        writer.Write(items.Length);
        writer.Write(MemoryMarshal.AsBytes<T>(items));
    }

    public static T[] Read<T>(BinaryReader reader)
        where T : struct
    {
        var items = new T[Length(reader)];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }

    public static int Length(BinaryReader reader) =>
        reader.ReadInt32() is var length and >= 0 and <= MostItems ? length : throw new InvalidDataException("The model is damaged.");
}
