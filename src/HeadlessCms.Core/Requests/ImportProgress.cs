namespace HeadlessCms.Core.Requests;

/// <summary>The progress of an import, written with each batch, so that an interrupted import resumes.</summary>
public sealed class ImportProgress(byte[] file)
{
    /// <summary>SHA-256 of the file and of the import's options.</summary>
    public byte[] File { get; private set; } = file;

    /// <summary>The number of lines that are done.</summary>
    public int Lines { get; set; }
}
