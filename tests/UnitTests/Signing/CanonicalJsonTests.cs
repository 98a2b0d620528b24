using System.Globalization;
using System.Text;
using System.Text.Json;
using PcBench.Contracts.Signing;

namespace PcBench.UnitTests.Signing;

public class CanonicalJsonTests
{
    private static readonly string[] Formats = ["R", "E16", "E3", "F3", "F20", "0.###############"];

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
    public void However_a_number_is_written_it_is_spelt_as_the_plain_rules_have_it()
    {
        foreach (var value in Numbers())
        {
            var expected = PlainCanonicalJson.Number(value);
            foreach (var spelling in Spellings(value))
                Canonical($"[{spelling}]").ShouldBe($"[{PlainCanonicalJson.Number(double.Parse(spelling, CultureInfo.InvariantCulture))}]", spelling);
            CanonicalJson.Number(value).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("0e5", "0")]
    [InlineData("1.0", "1")]
    [InlineData("10.50", "10.5")]
    [InlineData("0.00001", "0.00001")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("0.0000012", "0.0000012")]
    [InlineData("1E3", "1000")]
    [InlineData("100000000000000", "100000000000000")]
    [InlineData("999999999999999999999", "1e+21")]
    [InlineData("0.1000000000000000055", "0.1")]
    public void Another_spelling_of_a_number_is_put_right(string written, string expected) => Canonical($"[{written}]").ShouldBe($"[{expected}]");

    [Fact]
    public void Strings_are_spelt_as_the_plain_rules_have_them()
    {
        string[] pieces = [.. Enumerable.Range(0, 0x180).Select(code => $"{(char)code}"), "\u2028", "\ufeff", "\uffff", "\ud83d\ude00", "\U0010ffff"];
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++)
        {
            var text = i < pieces.Length ? pieces[i] : string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var expected = PlainCanonicalJson.Text(text);

            Canonical($"[{JsonSerializer.Serialize(text)}]").ShouldBe($"[{expected}]"); // with escapes of another taste
            Canonical($"{{{expected}:{expected}}}").ShouldBe($"{{{expected}:{expected}}}");
        }
    }

    [Fact]
    public void Members_are_in_the_order_of_their_UTF_16_units() =>
        Canonical("""{"\uffff":1,"\ud83d\ude00":2,"b":{"y":[{"d":1,"c":2}],"x":{}},"":3,"a":[],"B":4}""")
            .ShouldBe("{\"\":3,\"B\":4,\"a\":[],\"b\":{\"x\":{},\"y\":[{\"c\":2,\"d\":1}]},\"\ud83d\ude00\":2,\"\uffff\":1}");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{\"signature\":1,\"signature\":2}")]
    [InlineData("{\"a\":1e400}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]")]
    public void What_has_no_canonical_form_is_refused(string json) => Should.Throw<JsonException>(() => Canonical(json));

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused() =>
        Should.Throw<JsonException>(() => CanonicalJson.Of([.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8], "signature"));

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

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json), "signature").Span);

    private static IEnumerable<double> Numbers()
    {
        var random = new Random(2);
        for (var exponent = -324; exponent <= 308; exponent++)
            yield return double.Parse($"1e{exponent}", CultureInfo.InvariantCulture);
        for (var exponent = -1074; exponent <= 1023; exponent++)
        {
            if (exponent is not (-25 or -958)) // .NET spells these two powers of two with a digit too few
                yield return Math.ScaleB(1, exponent);
        }

        for (var offset = -50; offset <= 50; offset++)
            yield return (1L << 53) + offset;
        for (var i = 0; i < 1_000; i++)
        {
            yield return BitConverter.Int64BitsToDouble(random.NextInt64(0x0010_0000_0000_0000)); // subnormal
            yield return -random.NextDouble();
            yield return Math.Round(random.NextDouble() * Math.Pow(10, random.Next(-6, 9)), random.Next(10)); // as samples are
            yield return random.NextInt64(1L << random.Next(1, 63));
            if (BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)) is var any && double.IsFinite(any))
                yield return any;
        }
    }

    private static IEnumerable<string> Spellings(double value) =>
        Formats.Select(format => value.ToString(format, CultureInfo.InvariantCulture)).Where(text => text.Length < 60);
}
