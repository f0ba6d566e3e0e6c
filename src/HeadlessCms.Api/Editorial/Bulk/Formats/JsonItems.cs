using System.Text.Json;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>
/// Reads objects out of arrays of a JSON file one by one, so that memory holds one item; also JSON texts one after the other.
/// </summary>
internal static class JsonItems
{
    /// <summary>The largest item, in bytes.</summary>
    public const int MaxBytes = 16 << 20;

    private const int MaxDepth = 100;
    private const int FirstBuffer = 64 << 10;

    /// <summary>An item and the array that it is in.</summary>
    /// <param name="Path">The member names that lead to the array, without positions: <c>db/data/posts</c>; empty at the top.</param>
    /// <param name="Item">The item.</param>
    public readonly record struct Found(string Path, JsonElement Item);

    /// <summary>
    /// The items of the arrays for whose path <paramref name="isWanted"/> holds. Objects at the top, outside an array, have the path
    /// <c>""</c> and are read as a whole where it is wanted, unless <paramref name="isWanted"/> holds for <c>"*"</c>: then they are looked
    /// through.
    /// </summary>
    public static IEnumerable<Found> Read(Stream file, Func<string, bool> isWanted)
    {
        var scan = new Scan(file, isWanted);
        while (scan.Next() is { } found)
            yield return found;
    }

    private sealed class Scan(Stream file, Func<string, bool> isWanted)
    {
        private readonly List<(bool IsArray, string? Member)> _open = [];
        private byte[] _buffer = new byte[FirstBuffer];
        private int _start;
        private int _end;
        private bool _isComplete;
        private bool _hasBegun;
        private string? _member;
        private JsonReaderState _state = New();

        public Found? Next()
        {
            while (true)
            {
                if (_end > _start || !_isComplete)
                    try
                    {
                        switch (Step(out var found))
                        {
                            case Progress.Found:
                                return found;
                            case Progress.Moved:
                                continue;
                        }
                    }
                    catch (JsonException broken)
                    {
                        throw new UnreadableFileException("The file is not valid JSON.", broken);
                    }

                if (_isComplete)
                    return Rest() ? throw new UnreadableFileException("The JSON ends within a value.") : null;
                Fill();
            }
        }

        private bool Rest() => _open.Count > 0 || _buffer.AsSpan(_start, _end - _start).ContainsAnyExcept(" \t\r\n"u8);

        private Progress Step(out Found found)
        {
            found = default;
            SkipMark();
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isComplete, _state);
            if (_open.Count == 0 && !_buffer.AsSpan(_start, _end - _start).ContainsAnyExcept(" \t\r\n"u8) || !reader.Read())
                return Progress.NeedsMore;
            if (reader.TokenType is JsonTokenType.StartObject && IsItem())
            {
                // The reader may stand at the start of the object, so it is parsed from before it.
                if (!JsonDocument.TryParseValue(ref reader, out var document))
                    return Progress.NeedsMore;
                using (document)
                    found = new(PathOf(), document.RootElement.Clone());
                Advance(ref reader);
                return Progress.Found;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _member = reader.GetString();
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    if (_open.Count == MaxDepth)
                        throw new UnreadableFileException($"The JSON is nested more than {MaxDepth} deep.");
                    _open.Add((reader.TokenType == JsonTokenType.StartArray, _member));
                    _member = null;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _open.RemoveAt(_open.Count - 1);
                    break;
                default:
                    _member = null;
                    break;
            }

            Advance(ref reader);
            return Progress.Moved;
        }

        private bool IsItem() => _open.Count == 0 ? !isWanted("*") && isWanted("") : _open[^1].IsArray && isWanted(PathOf());

        private string PathOf() => string.Join('/', _open.Select(one => one.Member).OfType<string>());

        private void Advance(ref Utf8JsonReader reader)
        {
            _start += (int)reader.BytesConsumed;
            // A JSON text is over: what follows is another.
            _state = _open.Count == 0 ? New() : reader.CurrentState;
        }

        private void SkipMark()
        {
            if (_hasBegun || _end - _start < 3 && !_isComplete)
                return;
            _hasBegun = true;
            if (_buffer.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8))
                _start += 3;
        }

        private void Fill()
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            if (_end == _buffer.Length)
            {
                if (_buffer.Length >= MaxBytes)
                    throw new UnreadableFileException($"An item is larger than {MaxBytes >> 20} MiB.");
                Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaxBytes));
            }

            var count = file.Read(_buffer, _end, _buffer.Length - _end);
            _end += count;
            _isComplete = count == 0;
        }

        private static JsonReaderState New() =>
            new(
                new JsonReaderOptions
                {
                    MaxDepth = MaxDepth,
                    CommentHandling = JsonCommentHandling.Disallow,
                    AllowMultipleValues = true,
                }
            );

        private enum Progress
        {
            NeedsMore,
            Moved,
            Found,
        }
    }
}
