namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>A file is not of its format, or has what no reader may be made to hold. The items before that place are read.</summary>
internal sealed class UnreadableFileException(string message, Exception? inner = null) : Exception(message, inner);
