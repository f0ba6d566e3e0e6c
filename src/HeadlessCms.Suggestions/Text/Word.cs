namespace HeadlessCms.Suggestions;

/// <summary>A word of a part of a story.</summary>
/// <param name="Start">Its first UTF-16 unit.</param>
/// <param name="End">The one after its last, without a possessive ending.</param>
/// <param name="Folded">The word as it is compared.</param>
/// <param name="Stem">The word without its inflection.</param>
/// <param name="Case">Its capitals.</param>
/// <param name="Gap">What stands between the word before and this one.</param>
/// <param name="Possessive">Whether an English genitive follows: "Japan's".</param>
internal readonly record struct Word(int Start, int End, string Folded, string Stem, WordCase Case, Gap Gap, bool Possessive)
{
    public bool IsCapital => Case is WordCase.Capital or WordCase.Upper;
    public bool IsNumber => char.IsAsciiDigit(Folded[0]);
}

/// <summary>The capitals of a word.</summary>
internal enum WordCase
{
    /// <summary>It begins with a small letter, a digit, or a letter of a script without capitals.</summary>
    Lower,

    /// <summary>Only some letters, the first among them, are capitals.</summary>
    Capital,

    /// <summary>All of its letters, two or more, are capitals.</summary>
    Upper,
}

/// <summary>What parts two words.</summary>
internal enum Gap
{
    /// <summary>The part begins.</summary>
    Start,

    /// <summary>A hyphen, a stroke or nothing.</summary>
    Joined,

    /// <summary>White space, or a stop after an abbreviation.</summary>
    Space,

    /// <summary>A comma, a bracket, a quotation mark, or another mark inside a sentence.</summary>
    Mark,

    /// <summary>The end of a sentence.</summary>
    Sentence,
}
