using System.Collections.Concurrent;
using System.Reflection;
using HeadlessCms.Tests.Harness;
using Xunit.v3;

[assembly: HungTests]

namespace HeadlessCms.Tests.Harness;

/// <summary>Cancels a test that goes on for too long, so that the run names it and ends.</summary>
/// <remarks>xUnit.net has no timeout for all tests, but <see cref="FactAttribute.Timeout" />: a test that needs longer sets it.</remarks>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class HungTestsAttribute : BeforeAfterTestAttribute
{
    private readonly ConcurrentDictionary<string, Timer> _timers = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (test.Timeout > 0)
            return;
        var context = TestContext.Current;
        _timers[test.UniqueID] = new Timer(_ => context.CancelCurrentTest(), null, Patience.WholeTest, Timeout.InfiniteTimeSpan);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_timers.TryRemove(test.UniqueID, out var timer))
            timer.Dispose();
    }
}
