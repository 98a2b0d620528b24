using System.Security.Cryptography;
using PcBench.Contracts.Signing;

namespace PcBench.UnitTests.Signing;

public sealed class OwnerTokenTests : IDisposable
{
    private const string Result = "0123456789abcdefghjk";
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void A_token_holds_for_its_result_its_key_and_its_time_alone()
    {
        var token = OwnerToken.Create(key, Result, Now.AddMinutes(5));

        IsValid(token).ShouldBeTrue();
        IsValid(token, result: "zzzzzzzzzzzzzzzzzzzz").ShouldBeFalse();
        IsValid(token, by: other).ShouldBeFalse();
        IsValid(token, at: Now.AddMinutes(5)).ShouldBeFalse();
    }

    [Fact]
    public void Its_time_cannot_be_stretched()
    {
        var token = OwnerToken.Create(key, Result, Now.AddMinutes(5));
        var parts = token.Split('.');

        IsValid($"{parts[0]}.{long.Parse(parts[1]) + 3600}.{parts[2]}", at: Now.AddMinutes(30)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("0123456789abcdefghjk.99999999999.")]
    [InlineData("0123456789abcdefghjk.99999999999.%%%%")]
    [InlineData("0123456789abcdefghjk.99999999999.AAAA")]
    [InlineData("0123456789abcdefghjk.x.AAAA")]
    public void A_damaged_token_is_just_not_valid(string token)
    {
        IsValid(token).ShouldBeFalse();
        IsValid(new string('A', 10_000)).ShouldBeFalse();
    }

    public void Dispose()
    {
        key.Dispose();
        other.Dispose();
    }

    private bool IsValid(string token, string result = Result, ECDsa? by = null, DateTimeOffset? at = null) =>
        OwnerToken.IsValid(token, result, (by ?? key).ExportSubjectPublicKeyInfo(), at ?? Now);
}
