using DiffPlex;
using DiffPlex.Chunkers;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>
/// Compares texts word by word. The time grows with the square of what differs, so long texts are first compared paragraph by paragraph,
/// and by words only within paragraphs that differ, as far as the work allowed for a text reaches.
/// </summary>
internal sealed class TextComparer
{
    // In squares of compared pieces: about a quarter of a second for two wholly different texts.
    private const long MaxWork = 200_000_000;

    private static readonly WordChunker Words = new();
    private static readonly LineEndingsPreservingChunker Paragraphs = new();

    private readonly CancellationToken _cancellation;
    private readonly List<TextPiece> _pieces = [];
    private long _workLeft = MaxWork;

    private TextComparer(CancellationToken cancellation) => _cancellation = cancellation;

    public static IReadOnlyList<TextPiece> Compare(string before, string after, CancellationToken cancellation)
    {
        var comparer = new TextComparer(cancellation);
        if (
            !comparer.TryCompare(before, after, Words, comparer.Replace) && !comparer.TryCompare(before, after, Paragraphs, comparer.Refine)
        )
            comparer.Replace(before, after);
        return comparer._pieces;
    }

    private void Refine(string removed, string added)
    {
        if (!TryCompare(removed, added, Words, Replace))
            Replace(removed, added);
    }

    private void Replace(string removed, string added)
    {
        Add(PieceKind.Removed, removed);
        Add(PieceKind.Added, added);
    }

    /// <summary>Returns false where it would take too much work.</summary>
    private bool TryCompare(string before, string after, IChunker chunker, Action<string, string> differ)
    {
        _cancellation.ThrowIfCancellationRequested();
        long count = chunker.Chunk(before).Count + chunker.Chunk(after).Count;
        if (count * count > _workLeft)
            return false;
        _workLeft -= count * count;
        var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, chunker);
        var position = 0;
        foreach (var block in diff.DiffBlocks)
        {
            Add(PieceKind.Same, Text(diff.PiecesOld, position, block.DeleteStartA - position));
            differ(
                Text(diff.PiecesOld, block.DeleteStartA, block.DeleteCountA),
                Text(diff.PiecesNew, block.InsertStartB, block.InsertCountB)
            );
            position = block.DeleteStartA + block.DeleteCountA;
        }

        Add(PieceKind.Same, Text(diff.PiecesOld, position, diff.PiecesOld.Count - position));
        return true;
    }

    private static string Text(IReadOnlyList<string> pieces, int start, int count) => string.Concat(pieces.Skip(start).Take(count));

    private void Add(PieceKind kind, string text)
    {
        if (text.Length == 0)
            return;
        if (_pieces is [.., var last] && last.Kind == kind)
            _pieces[^1] = last with { Text = last.Text + text };
        else
            _pieces.Add(new TextPiece(kind, text));
    }
}
