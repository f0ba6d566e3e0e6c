namespace HeadlessCms.Core;

/// <summary>A rule of the newsroom refuses a command in the current state.</summary>
/// <param name="rule">The rule's stable name in camelCase, for programs: <c>slugTaken</c>, <c>embargoed</c> …</param>
/// <param name="message">What is refused and why.</param>
public class RuleException(string rule, string message) : Exception(message)
{
    /// <summary>The rule's stable name in camelCase.</summary>
    public string Rule { get; } = rule;
}
