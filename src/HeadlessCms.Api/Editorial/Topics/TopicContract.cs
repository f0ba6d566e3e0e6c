using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Topics;

/// <summary>A topic to save.</summary>
[OfKind(ConceptKind.Topic)]
[ConceptExamples(
    Create = """{ "name": "Student Exchange", "broader": "bilateral-relations", "description": "Students who study abroad for a time." }""",
    Created = "student-exchange",
    Save = """
        { "name": "Student Exchange", "broader": "bilateral-relations",
          "description": "Students who study abroad for a year.", "aliases": ["Study abroad"] }
        """,
    Patch = """{ "public": true }""",
    Lines = ["""{"name":"Scholarships","slug":"scholarships","broader":"education"}"""],
    Sample = "bilateral-relations",
    Duplicate = "technical-training",
    MergedInto = "vocational-training"
)]
public sealed record TopicRequest : ConceptRequest, IConceptRequest<TopicRequest, Topic>
{
    /// <summary>The wider topic that it belongs to, by id or slug. The hierarchy has no cycles.</summary>
    public string? Broader { get; init; }

    /// <summary>Its code in a controlled vocabulary, such as <c>medtop:20000639</c>; unique, at most 100 characters.</summary>
    public string? Code { get; init; }

    internal override (string Member, string? Named) Parent => (nameof(Broader), Broader);

    static TopicRequest IConceptRequest<TopicRequest, Topic>.Of(Topic topic) =>
        Fill(
            new TopicRequest
            {
                Name = topic.Name,
                Broader = topic.Parent?.Slug,
                Code = topic.Code,
            },
            topic
        );

    void IConceptRequest<TopicRequest, Topic>.WriteTo(Topic topic, ConceptReferences references) => topic.Code = Code;
}

internal sealed class TopicRequestValidator : ConceptRequestValidator<TopicRequest>
{
    public TopicRequestValidator()
        : base(ConceptKind.Topic) => RuleFor(topic => topic.Code).IsText(100);
}

/// <summary>A topic.</summary>
[OfKind(ConceptKind.Topic)]
public sealed record TopicResponse : ConceptResponse, IConceptResponse<TopicResponse, Topic>
{
    /// <summary>The wider topic that it belongs to.</summary>
    public ConceptLink? Broader { get; }

    /// <summary>Its code in a controlled vocabulary.</summary>
    public string? Code { get; }

    private TopicResponse(Topic topic)
        : base(topic) => (Broader, Code) = (ParentOf(topic), topic.Code);

    static TopicResponse IConceptResponse<TopicResponse, Topic>.Of(Topic concept) => new(concept);
}
