using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>Atom's schema, in RELAX NG: <c>validate/atom.rng</c>, and <c>npm ci</c> in <c>tests/HeadlessCms.Tests/Feeds/validate</c> for what reads it.</summary>
internal static class AtomSchema
{
    /// <summary>What is wrong with each document: <c>ok</c> is nothing.</summary>
    public static Task<IReadOnlyList<string>> CheckAsync(IEnumerable<string> documents) =>
        new NodeScript("validate", "validate.js", "libxml2-wasm").AskAsync(documents);
}
