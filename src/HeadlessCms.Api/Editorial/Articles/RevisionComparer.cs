using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>The difference between two revisions.</summary>
/// <param name="Revision">The number of the revision.</param>
/// <param name="Against">The number of the revision it is compared with; 0 is an empty one.</param>
/// <param name="Members">The members that differ, in the order of an article's members.</param>
public sealed record RevisionDiff(int Revision, int Against, IReadOnlyList<MemberDiff> Members);

/// <summary>A member that differs.</summary>
/// <param name="Member">Its name: <c>headline</c>, <c>body</c>, <c>people</c> …</param>
/// <param name="Before">Its value in the other revision; null where it had none.</param>
/// <param name="After">Its value in the revision; null where it has none.</param>
public sealed record MemberDiff(string Member, JsonElement? Before, JsonElement? After)
{
    /// <summary>
    /// For texts: the difference word by word. Long passages that differ much are compared paragraph by paragraph, or as a whole.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TextPiece>? Words { get; init; }
}

/// <summary>A piece of a text.</summary>
/// <param name="Kind">Whether it was kept, removed or added.</param>
/// <param name="Text">
/// The piece with its white space. Same and removed pieces make the text before; same and added pieces make the text after.
/// </param>
public sealed record TextPiece(PieceKind Kind, string Text);

/// <summary>The kind of a piece of text.</summary>
public enum PieceKind
{
    /// <summary>It is in both.</summary>
    Same,

    /// <summary>It is only in the text before.</summary>
    Removed,

    /// <summary>It is only in the text after.</summary>
    Added,
}

/// <summary>Compares the JSON of revisions, so that no member can be forgotten.</summary>
internal sealed class RevisionComparer(IOptions<JsonOptions> json)
{
    // Not content, or derived from other members.
    private static readonly HashSet<string> LeftOut = ["id", "revision", "note", "savedAt", "savedBy", "wordCount", "bodyHtml"];

    public IReadOnlyList<MemberDiff> Compare(RevisionResponse? before, RevisionResponse after, CancellationToken cancellation)
    {
        var old = before is null ? [] : Members(before);
        return
        [
            .. from member in Members(after)
            where !LeftOut.Contains(member.Key)
            let was = old[member.Key]
            where !JsonNode.DeepEquals(was, member.Value)
            let difference = new MemberDiff(member.Key, Element(was), Element(member.Value))
            {
                Words = WordsOf(TextOf(was), TextOf(member.Value), cancellation),
            }
            where difference.Before is not null || difference.After is not null
            select difference,
        ];
    }

    private JsonObject Members(RevisionResponse revision) =>
        JsonSerializer.SerializeToNode(revision, json.Value.SerializerOptions)!.AsObject();

    private static JsonElement? Element(JsonNode? value) =>
        value is null or JsonArray { Count: 0 } ? null : JsonSerializer.SerializeToElement(value);

    private static string? TextOf(JsonNode? value) =>
        value switch
        {
            JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
            JsonObject body when body["content"] is JsonValue content => content.GetValue<string>(),
            _ => null,
        };

    private static IReadOnlyList<TextPiece>? WordsOf(string? before, string? after, CancellationToken cancellation) =>
        before is null && after is null ? null : TextComparer.Compare(before ?? "", after ?? "", cancellation);
}
