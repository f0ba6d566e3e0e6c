namespace HeadlessCms.Tests.Fuzzing;

/// <summary>Values for text parameters: existing, possible and invalid ones.</summary>
internal sealed class Vocabulary(IReadOnlyList<string> known)
{
    private static readonly string[] Likely =
    [
        "tokyo",
        "Bilateral relations",
        "economy",
        "no-such-thing",
        "en",
        "de",
        "x",
        "1",
        "0",
        "-1",
        "2026-01-01T00:00:00Z",
        "01900000-0000-7000-8000-000000000000",
    ];

    private static readonly string[] Hostile =
    [
        "",
        " ",
        "\0",
        "a\0b",
        "'",
        "' or 1=1 --",
        "\"",
        "\\",
        "%",
        "%00",
        "%zz",
        "*",
        "$1",
        "{}",
        "[]",
        "null",
        "true",
        "../..",
        "..%2f",
        ";",
        ",",
        ",,,",
        "a,",
        "&",
        "#",
        "\r\nX-Injected: 1",
        "<script>alert(1)</script>",
        "😀",
        "\u202Etxet",
        "ﬁ",
        "İ",
        "ß",
        "\uFEFF",
        "\u2028",
        "e\u0301",
        "ﷺ",
        "9999999999999999999999",
        "1e999",
        "NaN",
        "-0",
        "0x10",
        "１",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
        "2026-02-30T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "2026-01-01T00:00:00+99:99",
        "2026-01-01",
        ":*",
        "a & | !b <-> c",
        "((((",
        "\"unclosed",
        "-",
        "- -",
        "or or or",
        "W/\"x\"",
        new string('a', 1_500),
        new string('%', 50),
        string.Concat(Enumerable.Repeat("😀", 100)),
    ];

    public string Any(Random random) =>
        random.Next(10) switch
        {
            < 5 => random.Of(known),
            < 7 => random.Of(Likely),
            _ => random.Of(Hostile),
        };

    public string Known(Random random) => random.Of(known);
}

internal static class Choosing
{
    public static T Of<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public static bool Once(this Random random, int outOf) => random.Next(outOf) == 0;
}
