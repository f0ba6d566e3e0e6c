namespace HeadlessCms.Tests.Harness;

/// <summary>
/// Tests that start several servers and nodes of their own run one after the other, beside the others: several at once would leave none of
/// them a processor.
/// </summary>
[CollectionDefinition(Tests)]
public sealed class WholeMachine
{
    public const string Tests = "Whole machine";
}
