using System.Text.Json;
using HeadlessCms.Api.Http.Html;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>The difference between two revisions as a page: what was added and removed, in colour and by underline and strike.</summary>
internal static class RevisionDiffPage
{
    // The page encodes it.
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static HtmlPage Of(RevisionDiff diff, RevisionResponse after) =>
        new(
            $"Revision {diff.Revision} against {diff.Against}: {after.Headline}",
            Markup.Of(
                $"""
                <h1>Revision {diff.Revision} against {diff.Against}</h1>
                <p><strong lang="{after.Language}" dir="auto">{after.Headline}</strong></p>
                <p class="meta">Saved {Markup.Of(after.SavedAt)} by {after.SavedBy}. <ins>Added</ins> <del>Removed</del></p>
                {(after.Note is { } note ? Markup.Of($"<p class=\"meta text\">{note}</p>") : Markup.None)}
                {(diff.Members.Count == 0 ? Markup.Of($"<p>Nothing differs.</p>") : Markup.None)}
                {Markup.Join(diff.Members.Select(member => Member(member, after.Language)))}
                """
            )
        );

    private static Markup Member(MemberDiff member, string language) =>
        Markup.Of(
            $"""
            <section>
            <h2>{member.Member}</h2>
            {(HasWords(member) ? Words(member.Words!, language) : Values(member))}
            </section>

            """
        );

    // The words of two bodies are the same where only their formats differ.
    private static bool HasWords(MemberDiff member) => member.Words?.Any(piece => piece.Kind != PieceKind.Same) == true;

    private static Markup Words(IReadOnlyList<TextPiece> words, string language) =>
        Markup.Of($"<div class=\"text\" lang=\"{language}\" dir=\"auto\">{Markup.Join(words.Select(Piece))}</div>");

    private static Markup Piece(TextPiece piece) =>
        piece.Kind switch
        {
            PieceKind.Same => Markup.Of($"{piece.Text}"),
            PieceKind.Removed => Markup.Of($"<del>{piece.Text}</del>"),
            PieceKind.Added => Markup.Of($"<ins>{piece.Text}</ins>"),
            _ => throw new ArgumentOutOfRangeException(nameof(piece), piece.Kind, null),
        };

    // Lists are compared item by item; an item that only moved is in both.
    private static Markup Values(MemberDiff member)
    {
        var (before, after) = (Items(member.Before), Items(member.After));
        return Markup.Join([
            .. before.Except(after).Select(item => Markup.Of($"<del class=\"block\"><pre>{item}</pre></del>\n")),
            .. after.Select(item =>
                before.Contains(item) ? Markup.Of($"<pre>{item}</pre>\n") : Markup.Of($"<ins class=\"block\"><pre>{item}</pre></ins>\n")
            ),
        ]);
    }

    private static List<string> Items(JsonElement? value) =>
        value switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(item => JsonSerializer.Serialize(item, Indented))],
            { } one => [JsonSerializer.Serialize(one, Indented)],
        };
}
