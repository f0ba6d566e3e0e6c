namespace HeadlessCms.Suggestions;

/// <summary>What the words of a story say about the concepts that have a word model.</summary>
internal sealed class StoryWords
{
    private readonly WordModels _models;
    private readonly TermVector _vector;

    public StoryWords(WordModels models, Story story)
    {
        _models = models;
        _vector = models.Space.Place(Terms.Of(story));
        Scores = models.Scores(_vector);
    }

    public float[] Scores { get; }

    public float? ScoreOf(Guid concept) => _models.NumberOf(concept) is { } number ? Scores[number] : null;

    public IEnumerable<string> Reasons(Guid concept) => _models.NumberOf(concept) is { } number ? _models.Reasons(_vector, number) : [];
}
