namespace HeadlessCms.Core.Requests;

/// <summary>How far a file was imported: written with each batch, so that an import that was broken off goes on where it was.</summary>
/// <param name="file">SHA-256 of the file and of what it is read as.</param>
public sealed class ImportProgress(byte[] file)
{
    /// <summary>SHA-256 of the file and of what it is read as.</summary>
    public byte[] File { get; private set; } = file;

    /// <summary>How many of its lines are done.</summary>
    public int Lines { get; set; }
}
