using System.ComponentModel.DataAnnotations;

namespace HeadlessCms.Core.Concepts;

/// <summary>A subject of news.</summary>
public sealed class Topic() : Concept(ConceptKind.Topic)
{
    /// <summary>Its code in a controlled vocabulary, such as IPTC's <c>medtop:20000639</c>; unique.</summary>
    [MaxLength(100)]
    public string? Code { get; set; }

    /// <inheritdoc/>
    protected override void AbsorbMembers(Concept other)
    {
        if (other is Topic topic)
            (Code, topic.Code) = (Code ?? topic.Code, null);
    }
}
