namespace HeadlessCms.Tests.Harness;

/// <summary>
/// Tests that put several nodes under load run one after the other, beside all other tests: two at once would leave neither a processor.
/// </summary>
[CollectionDefinition(Tests)]
public sealed class WholeMachine
{
    public const string Tests = "Whole machine";
}
