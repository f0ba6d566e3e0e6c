using System.Globalization;
using System.Text;

namespace HeadlessCms.Benchmarks.Generated;

/// <summary>Plausible words with the distribution of a language: few very common ones, many rare ones.</summary>
internal sealed class Vocabulary
{
    private const int Size = 12_000;

    private static readonly string[] Function = (
        "the of to in and a is for that on with as by was it at from be has are said this will have but not an or which "
        + "their were been who its more after had they would one about also new than over could when some there into "
        + "other can up first time out two no between against under"
    ).Split(' ');

    private static readonly string[] Onsets = "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl sp st str t th tr v w".Split(
        ' '
    );
    private static readonly string[] Vowels = "a e i o u ai ea ee ia io oa ou".Split(' ');
    private static readonly string[] Codas = ["", "", "l", "m", "n", "r", "s", "t", "nd", "nt", "rk", "st", "ck", "ng"];
    private static readonly string[] Endings = ["", "", "", "er", "ing", "ion", "ment", "al", "ity", "ed", "ist", "ance", "ive", "ary"];

    private readonly string[] _words;
    private readonly Zipf _common = new(Size, 1.05);

    public Vocabulary(int seed)
    {
        var random = new Random(seed);
        var seen = new HashSet<string>(Function);
        while (seen.Count < Size)
            seen.Add(Invent(random, 1 + random.Next(3)) + Endings[random.Next(Endings.Length)]);
        _words = [.. Function, .. seen.Except(Function)];
    }

    public string Word(Random random) => _words[_common.Draw(random)];

    /// <summary>A content word.</summary>
    public string Telling(Random random)
    {
        while (true)
        {
            var rank = _common.Draw(random);
            if (rank >= Function.Length)
                return _words[rank];
        }
    }

    /// <summary>The name of a person or a place.</summary>
    public static string Name(Random random) => Capital(Invent(random, 2 + random.Next(2)));

    /// <summary>Appends a sentence with its full stop, and returns the number of words.</summary>
    public int Sentence(StringBuilder text, Random random)
    {
        var count = 8 + random.Next(16);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
                text.Append(i % 9 == 7 ? ", " : " ");
            var word = Word(random);
            if (i == 0)
                text.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
            else
                text.Append(word);
        }

        text.Append('.');
        return count;
    }

    public static string Capital(string word) => word[..1].ToUpper(CultureInfo.InvariantCulture) + word[1..];

    private static string Invent(Random random, int syllables)
    {
        var word = new StringBuilder();
        for (var i = 0; i < syllables; i++)
            word.Append(Onsets[random.Next(Onsets.Length)])
                .Append(Vowels[random.Next(Vowels.Length)])
                .Append(Codas[random.Next(Codas.Length)]);
        return word.ToString();
    }
}
