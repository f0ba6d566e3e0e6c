namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>A format of files of stories.</summary>
/// <param name="Name">What a command and a request call it.</param>
/// <param name="Read">Reads the items of a file from its beginning; it may read the file twice.</param>
internal sealed record StoryFormat(string Name, Func<Stream, ImportMap, IEnumerable<ImportedItem>> Read)
{
    public static readonly IReadOnlyList<StoryFormat> All =
    [
        new(Ninjs, (file, _) => NinjsReader.Read(file)),
        new(NewsMlG2, (file, _) => NewsMlReader.Read(file)),
        new(Nitf, (file, _) => NitfReader.Read(file)),
        new(Wxr, (file, _) => WxrReader.Read(file)),
        new(Rss, (file, _) => SyndicationReader.Read(file)),
        new(Atom, (file, _) => SyndicationReader.Read(file)),
        new(Ghost, GhostReader.Read),
        new(Csv, CsvStoryReader.Read),
    ];

    public const string Ninjs = "ninjs";
    public const string NewsMlG2 = "newsml-g2";
    public const string Nitf = "nitf";
    public const string Wxr = "wxr";
    public const string Rss = "rss";
    public const string Atom = "atom";
    public const string Ghost = "ghost";
    public const string Csv = "csv";

    /// <summary>The format of a name; null where there is none.</summary>
    public static StoryFormat? Of(string name) => All.FirstOrDefault(format => format.Name == name);
}
