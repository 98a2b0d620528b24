using PcBench.Backend.Ranking;

namespace PcBench.ServiceTests.Ranking;

public sealed class StandingChangeTests
{
    public static TheoryData<string> Names => ["", "AMD", new string('x', 127), new string('x', 128), new string('x', 300), new string('x', 20_000), "Ω" + new string('é', 127), "a\0b\n"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Changes_are_read_as_they_were_written_however_long_the_vendors_name_is(string vendor)
    {
        StandingChange[] changes =
        [
            new(1, vendor, Enters: true, [new(1, 1_234.5f, 1.01f), new(25, float.MaxValue, 1), new(short.MaxValue, float.Epsilon, 9)]),
            new(int.MaxValue, vendor, Enters: false, []),
            new(7, "AMD", Enters: true, [.. Enumerable.Range(1, byte.MaxValue).Select(no => new KeptValue((short)no, no, 1.5f))]),
        ];

        var read = StandingChange.Of(StandingChange.ToBytes(changes)).ToList();

        read.Select(change => (change.CpuNo, change.Vendor, change.Enters)).ShouldBe(changes.Select(change => (change.CpuNo, change.Vendor, change.Enters)));
        read.Zip(changes).ShouldAllBe(pair => pair.First.Values.SequenceEqual(pair.Second.Values));
    }

    [Fact]
    public void No_changes_are_no_bytes() => StandingChange.Of(StandingChange.ToBytes([])).ShouldBeEmpty();
}
