using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Tests.Harness;

/// <summary>The kinds of concepts, for tests of what holds for each.</summary>
public static class Kinds
{
    /// <summary>Their plurals, as in paths.</summary>
    public static TheoryData<string> Plurals => [.. ConceptKindNames.All.Select(names => names.Plural)];
}
