using System.Diagnostics;
using System.Net;
using CsCheck;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class TextComparerTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public void The_pieces_of_any_two_texts_make_both_texts()
    {
        var text = Gen.OneOf("one", "two", " ", "\n", "\r\n", ".", "東京").Array[0, 60].Select(string.Concat);
        Gen.Select(text, text)
            .Sample(
                (before, after) =>
                {
                    var pieces = TextComparer.Compare(before, after, TestContext.Current.CancellationToken);
                    Assert.Equal(before, Without(pieces, PieceKind.Added));
                    Assert.Equal(after, Without(pieces, PieceKind.Removed));
                }
            );
    }

    [Fact]
    public void A_few_changes_in_a_long_text_are_shown_by_the_word()
    {
        var paragraphs = Enumerable.Range(0, 3_000).Select(number => $"Paragraph {number} has some words in it.").ToArray();
        var before = string.Join('\n', paragraphs);
        (paragraphs[0], paragraphs[^1]) = ("Paragraph 0 has many words in it.", "Paragraph 2999 has no words in it.");

        var pieces = TextComparer.Compare(before, string.Join('\n', paragraphs), TestContext.Current.CancellationToken);

        Assert.Equal(
            ["Same", "Removed some", "Added many", "Same", "Removed some", "Added no", "Same"],
            pieces.Select(piece => piece.Kind == PieceKind.Same ? "Same" : $"{piece.Kind} {piece.Text}")
        );
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('\n')]
    public async Task Wholly_different_texts_of_any_length_are_compared_in_about_a_second(char separator)
    {
        string[] texts = [Random('a', 60_000, separator), Random('b', 60_000, separator)];
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Long", body = new { format = "text", content = "x" } });
        for (var number = 0; number < 2; number++)
        {
            // Directly, because so many lines are more than a body may have.
            await newsroom.SqlAsync(
                "alter table revisions disable trigger user; update revisions set body_source = "
                    + $"$text${texts[number]}$text$ where headline = 'Long' and number = {number + 1} and slug = '{slug}'; "
                    + "alter table revisions enable trigger user"
            );
            if (number == 0)
                (
                    await newsroom.Admin.PatchAsync(
                        $"/editorial/v1/articles/{slug}",
                        new { body = new { format = "text", content = "y" } },
                        "*"
                    )
                ).Expect(HttpStatusCode.OK);
        }

        var clock = Stopwatch.StartNew();
        var answer = (await newsroom.Admin.ReadAsync($"/editorial/v1/articles/{slug}/revisions/2/diff")).Expect(HttpStatusCode.OK);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(
            texts,
            answer["members"]!.AsArray().Single(member => member!["member"]!.GetValue<string>() == "body")!["words"]!
                .AsArray()
                .Select(piece => piece!["text"]!.GetValue<string>())
        );
    }

    [Fact]
    public void A_comparison_ends_when_its_caller_is_gone() =>
        Assert.Throws<OperationCanceledException>(() => TextComparer.Compare("a", "b", new CancellationToken(canceled: true)));

    private static string Without(IEnumerable<TextPiece> pieces, PieceKind kind) =>
        string.Concat(pieces.Where(piece => piece.Kind != kind).Select(piece => piece.Text));

    private static string Random(char letter, int words, char separator) =>
        string.Join(separator, Enumerable.Range(0, words).Select(number => $"{letter}{number * 7919 % 100_003}"));
}
