using P25.Releases;

namespace P25.Ledger;

/// <summary>Places and lifts holds. Pure.</summary>
internal static class Holds
{
    /// <param name="state">The ledger.</param>
    /// <param name="release">What is held; null: everything.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who.</param>
    /// <param name="now">The time.</param>
    public static LedgerState Place(LedgerState state, Release? release, string reason, string actor, DateTimeOffset now)
    {
        var hold = new Hold(state.NextNumber, release?.Id, release?.Content, release?.Version, Short(reason), actor, now);
        return state.Add(RecordOf(state, Deed.Hold, release, reason, actor, now)) with { Holds = [.. state.Holds, hold] };
    }

    /// <param name="state">The ledger.</param>
    /// <param name="number">Which hold.</param>
    /// <param name="reason">Why it is lifted.</param>
    /// <param name="actor">Who.</param>
    /// <param name="now">The time.</param>
    public static LedgerState Lift(LedgerState state, int number, string reason, string actor, DateTimeOffset now)
    {
        var held = state.Records.FirstOrDefault(record => record.Number == number)?.Release;
        return state.Add(RecordOf(state, Deed.Release, held, reason, actor, now)) with { Holds = [.. state.Holds.Where(hold => hold.Number != number)] };
    }

    private static LedgerRecord RecordOf(LedgerState state, Deed deed, Release? release, string reason, string actor, DateTimeOffset now) => new()
    {
        Number = state.NextNumber,
        Deed = deed,
        Ending = Ending.Done,
        At = now,
        Release = release,
        Actor = actor,
        Reason = Short(reason),
    };

    private static string Short(string text) => text.Length <= 1_000 ? text : text[..1_000];
}
