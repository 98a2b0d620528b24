using System.Globalization;
using System.Text;
using System.Text.Json;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Results;

public sealed class SeriesConverterTests
{
    private static readonly JsonSerializerOptions Quick = new() { Converters = { new SeriesConverter() }, TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() };

    [Fact]
    public void Every_number_is_the_double_nearest_to_its_digits()
    {
        var chance = new Random(7);
        var texts = new List<string> { "0", "0.1", "1", "10.50", "999999999999999", "9999999999999999", "99999999999999.9", "0.00000000000001", "1e22", "-3.5", "123456789012345.6", "4.35", "1.7976931348623157e308", "5e-324" };
        for (var i = 0; i < 20_000; i++)
        {
            var (digits, decimals) = (chance.Next(1, 18), chance.Next(0, 17));
            var whole = string.Concat(Enumerable.Range(0, digits).Select(at => at == 0 ? chance.Next(1, 10) : chance.Next(10)));
            texts.Add(decimals == 0 ? whole : $"{whole}.{string.Concat(Enumerable.Range(0, decimals).Select(_ => chance.Next(10)))}");
        }

        var read = JsonSerializer.Deserialize<IReadOnlyList<double>>($"[{string.Join(",", texts)}]", Quick)!;

        read.Select(BitConverter.DoubleToInt64Bits).ShouldBe(texts.Select(text => BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Short_plain_numbers_go_the_quick_way_and_others_do_not()
    {
        SeriesConverter.TryParse("81.72916"u8, out var number).ShouldBeTrue();
        number.ShouldBe(81.72916);
        foreach (var other in new[] { "-1", "1e5", "1234567890123456", "1234567890123456.7" })
            SeriesConverter.TryParse(Encoding.ASCII.GetBytes(other), out _).ShouldBeFalse(other);
    }

    [Theory]
    [InlineData("[1,null]")]
    [InlineData("[1,\"2\"]")]
    [InlineData("[1,[2]]")]
    [InlineData("{}")]
    [InlineData("\"1\"")]
    [InlineData("[1,2")]
    public void What_is_no_list_of_numbers_is_refused(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<IReadOnlyList<double>>(json, Quick));
}
