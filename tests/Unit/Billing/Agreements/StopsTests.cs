using Billing;

namespace Unit.Tests.BillingTests;

/// <summary>What stops an agreement's charging: each reason is seen, and accepted, by itself.</summary>
public sealed class StopsTests
{
    [Fact]
    public void A_second_reason_is_kept_beside_the_first()
    {
        var stopped = Stopped("a", "first").CallForAPerson("b", "second", A.Morning.AddDays(1)).Agreement;

        Assert.Equal("a: first; b: second", stopped.WhyStopped());
        Assert.Equal(A.Morning.AddDays(1), stopped.Stops[1].At);
    }

    [Fact]
    public void Charging_goes_on_when_the_last_one_is_accepted()
    {
        var stopped = Stopped("a", "first").CallForAPerson("b", "second", A.Morning).Agreement;

        var one = stopped.AcceptStop("a", "first").Agreement;
        var none = one.AcceptStop("b", "second").Agreement;

        Assert.Equal(("b: second", false), (one.WhyStopped(), one.MayCharge));
        Assert.Equal((null, true), (none.WhyStopped(), none.MayCharge));
        Assert.Same(one, one.AcceptStop("a", "first").Agreement);
        Assert.Same(one, one.AcceptStop("b", "first").Agreement);
    }

    [Fact]
    public void The_same_reason_is_kept_once_with_its_first_moment()
    {
        var again = Stopped("a", "first").CallForAPerson("a", "first", A.Morning.AddDays(1)).Agreement;

        Assert.Equal(A.Morning, Assert.Single(again.Stops).At);
    }

    [Fact]
    public void The_order_in_which_they_were_heard_of_leaves_no_trace()
    {
        var one = Stopped("a", "2").CallForAPerson("a", "1", A.Morning).Agreement;
        var other = Stopped("a", "1").CallForAPerson("a", "2", A.Morning).Agreement;

        Assert.Equal(one.Stops.AsEnumerable(), other.Stops.AsEnumerable());
    }

    [Fact]
    public void They_are_bounded_in_number_and_length()
    {
        var stopped = A.Agreement();
        for (var number = 0; number < 50; number++)
        {
            stopped = stopped.CallForAPerson($"{number:D2}", new string('x', 5_000), A.Morning).Agreement;
        }

        Assert.Equal(11, stopped.Stops.Length);
        Assert.All(stopped.Stops[..10], it => Assert.Equal(400, it.Reason.Length));
    }

    private static Agreement Stopped(string subject, string reason) =>
        A.Agreement().CallForAPerson(subject, reason, A.Morning).Agreement;
}
