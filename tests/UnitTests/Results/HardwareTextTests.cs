using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Results;

public class HardwareTextTests
{
    [Theory]
    [InlineData("  Intel(R)   Xeon(R)\tCPU  ", "Intel(R) Xeon(R) CPU")]
    [InlineData("Samsung\0\0\0", "Samsung")]
    [InlineData("А\u202eMD <script>", "MD script")]
    [InlineData("   ", null)]
    [InlineData("\u200b", null)]
    [InlineData(null, null)]
    public void Cleaning_folds_white_space_and_drops_what_may_not_stand(string? raw, string? clean) =>
        HardwareText.Clean(raw).ShouldBe(clean);

    [Fact]
    public void What_was_cleaned_is_allowed_and_stays_as_it_is()
    {
        var all = new string([.. Enumerable.Range(0, 0x3000).Select(code => (char)code)]);
        var clean = HardwareText.Clean(all)!;

        HardwareText.IndexOfForbidden(clean).ShouldBe(-1);
        HardwareText.Clean(clean).ShouldBe(clean);
        clean.Length.ShouldBeLessThanOrEqualTo(HardwareText.MaxLength);
    }
}
