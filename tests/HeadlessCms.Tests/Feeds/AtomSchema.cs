using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>Validates Atom against its RELAX NG schema, <c>validate/atom.rng</c>; requires <c>npm ci</c> in that folder.</summary>
internal static class AtomSchema
{
    /// <summary>The errors of each document, or <c>ok</c>.</summary>
    public static Task<IReadOnlyList<string>> CheckAsync(IEnumerable<string> documents) =>
        new NodeScript("validate", "validate.js", "libxml2-wasm").AskAsync(documents);
}
