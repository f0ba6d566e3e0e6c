namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>The examples of a kind of concept in the documents. They belong to its request.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ConceptExamplesAttribute : Attribute
{
    /// <summary>A body that creates one.</summary>
    public required string Create { get; init; }

    /// <summary>The slug of the one that is created.</summary>
    public required string Created { get; init; }

    /// <summary>A body that replaces it.</summary>
    public required string Save { get; init; }

    /// <summary>A body that changes some members of it.</summary>
    public required string Patch { get; init; }

    /// <summary>Lines of a bulk request.</summary>
    public required string[] Lines { get; init; }

    /// <summary>The slug of one in the sample newsroom that articles name.</summary>
    public required string Sample { get; init; }

    /// <summary>The slug of one in the sample newsroom that is there twice.</summary>
    public required string Duplicate { get; init; }

    /// <summary>The slug of the other one.</summary>
    public required string MergedInto { get; init; }
}
