using AngleSharp.Dom;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>What an item of a body is to the text around it.</summary>
internal enum ItemKind
{
    /// <summary>Characters.</summary>
    Text,

    /// <summary>An element within a line.</summary>
    Inline,

    /// <summary>The end of a line.</summary>
    Break,

    /// <summary>An element that parts text.</summary>
    Block,
}

/// <summary>A node of a body before it has a parent.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kind">What it is to the text around it.</param>
/// <param name="HasContent">Whether readers would miss it.</param>
/// <param name="Format">The inline elements around it in the source, which no element of the body stands for yet.</param>
internal sealed record BodyItem(INode Node, ItemKind Kind, bool HasContent, InlineFormat? Format = null)
{
    /// <summary>Of a paragraph that stands for a container: its items, for places that need no paragraph around a single one.</summary>
    public IReadOnlyList<BodyItem>? Inner { get; init; }

    public bool IsBlank => Kind is ItemKind.Text && !HasContent;
}

/// <summary>An inline element that has blocks in it: it is repeated within each.</summary>
internal sealed record InlineFormat(InlineFormat? Outer, string Name, IReadOnlyList<(string Name, string Value)> Attributes);

/// <summary>Where in a body a node of the source stands.</summary>
/// <param name="Format">See <see cref="BodyItem.Format"/>.</param>
/// <param name="IsLine">Whether there may be inline elements only, as in a heading.</param>
/// <param name="IsCode">Whether spaces and line breaks count.</param>
/// <param name="IsLink">Whether it is within a link.</param>
/// <param name="IsBold">Whether it is bold as it is.</param>
internal readonly record struct BodyPlace(InlineFormat? Format, bool IsLine, bool IsCode, bool IsLink, bool IsBold);
