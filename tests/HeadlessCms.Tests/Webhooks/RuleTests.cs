using CsCheck;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Tests.Webhooks;

/// <summary>Signatures and the retry schedule of webhooks.</summary>
public sealed class RuleTests
{
    private static readonly TimeSpan[] Waits =
    [
        .. new[] { "00:00:05", "00:05", "00:30", "02:00", "05:00", "10:00", "14:00", "20:00", "1.00:00" }.Select(TimeSpan.Parse),
    ];

    [Fact]
    public void A_message_is_signed_as_the_standards_own_example()
    {
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSecret.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8, [secret])
        );
    }

    [Fact]
    public void Each_wait_is_the_standards_or_up_to_a_fifth_longer_and_after_ten_attempts_there_is_none() =>
        Gen.Int[1, 12]
            .Sample(tries =>
            {
                var delay = RetrySchedule.Standard.DelayAfter(tries, null);
                return tries <= Waits.Length ? delay >= Waits[tries - 1] && delay <= Waits[tries - 1] * 1.2 : delay is null;
            });

    [Fact]
    public void Waits_differ_so_that_not_all_come_back_at_once() =>
        Assert.True(Enumerable.Range(0, 100).Select(_ => RetrySchedule.Standard.DelayAfter(2, null)).Distinct().Count() > 10);

    [Fact]
    public void Nobody_is_asked_again_before_he_said_and_nobody_says_more_than_a_day() =>
        Gen.Int[1, 9]
            .Select(Gen.Long[-100, 1_000_000])
            .Sample(
                (tries, seconds) =>
                {
                    var asked = TimeSpan.FromSeconds(seconds);
                    var attempt = Attempt.Answered(503, 0, asked, DateTimeOffset.UnixEpoch, TimeSpan.Zero);
                    var delay = RetrySchedule.Standard.DelayAfter(tries, attempt.RetryAfter);
                    return delay >= Waits[tries - 1]
                        && delay >= attempt.RetryAfter
                        && attempt.RetryAfter <= TimeSpan.FromDays(1)
                        && (seconds > 86_400 || attempt.RetryAfter == asked);
                }
            );

    [Theory]
    [InlineData(200, AttemptOutcome.Delivered)]
    [InlineData(299, AttemptOutcome.Delivered)]
    [InlineData(304, AttemptOutcome.Redirected)]
    [InlineData(308, AttemptOutcome.Redirected)]
    [InlineData(400, AttemptOutcome.Rejected)]
    [InlineData(410, AttemptOutcome.Gone)]
    [InlineData(500, AttemptOutcome.Rejected)]
    public void Only_a_2xx_is_a_yes(int status, AttemptOutcome outcome) =>
        Assert.Equal(outcome, Attempt.Answered(status, 0, null, DateTimeOffset.UnixEpoch, TimeSpan.Zero).Outcome);
}
