using System.Text;
using System.Text.Json;
using PcBench.Contracts.Signing;

namespace PcBench.UnitTests.Signing;

public class CanonicalJsonTests
{
    // Numbers and their spelling: RFC 8785, appendix B.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_spelt_as_the_standard_has_them(ulong bits, string expected) =>
        CanonicalJson.Number(BitConverter.UInt64BitsToDouble(bits)).ShouldBe(expected);

    [Fact]
    public void A_hundred_thousand_numbers_read_back_as_themselves()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
                double.Parse(CanonicalJson.Number(value)).ShouldBe(value);
        }
    }

    [Fact]
    public void Members_are_sorted_and_the_excepted_one_is_left_out() =>
        Canonical("""{ "b": [1.50, true, null], "signature": {"x":1}, "a": {"signature": "stays", "é": "\u20ac\n"} }""")
            .ShouldBe("""{"a":{"signature":"stays","é":"€\n"},"b":[1.5,true,null]}""");

    [Fact]
    public void The_way_a_document_is_formatted_does_not_change_its_id()
    {
        var compact = Encoding.UTF8.GetBytes("""{"a":1e2,"b":"x"}""");
        var spread = Encoding.UTF8.GetBytes("""{ "b" : "\u0078", "a" : 100.0 }""");

        SignedContent.Of(compact).Id.ShouldBe(SignedContent.Of(spread).Id);
        SignedContent.IsId(SignedContent.Of(compact).Id).ShouldBeTrue();
    }

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalJson.Of(document.RootElement, "signature"));
    }
}
