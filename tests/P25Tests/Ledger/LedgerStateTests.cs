using System.Text.Json;
using P25;
using P25.Ledger;

namespace PcBench.P25Tests.Ledger;

public class LedgerStateTests
{
    [Fact]
    public void It_stays_small_enough_for_a_config_map_and_never_forgets_where_to_go_back_to()
    {
        var ledger = Make.Ledger((Make.Release('a'), Ending.Verified));
        for (var i = 0; i < 1_000; i++)
            ledger = Make.Deployed(ledger, Make.Release('b'), Ending.Failed);

        ledger.Records.Count.ShouldBe(LedgerState.MaxRecords);
        ledger.LastVerified!.Release!.Id.ShouldBe(Make.Release('a').Id);
        ledger.NextNumber.ShouldBe(1_002);
        JsonSerializer.Serialize(ledger, P25Json.Compact.LedgerState).Length.ShouldBeLessThan(512 * 1024);
    }

    [Fact]
    public void It_reads_what_it_wrote()
    {
        var ledger = Holds.Place(Make.Ledger((Make.Release('a'), Ending.Verified)), Make.Release('a'), "причина", "bob", Make.Now).Approve(new Approval("1", "bob", "r", Make.Now));
        var text = JsonSerializer.Serialize(ledger, P25Json.Compact.LedgerState);

        JsonSerializer.Serialize(JsonSerializer.Deserialize(text, P25Json.Compact.LedgerState), P25Json.Compact.LedgerState).ShouldBe(text);
        text.ShouldContain("\"ending\":\"verified\"");
        text.ShouldContain("причина");
        text.ShouldNotContain('\n');
    }
}
