using Microsoft.Extensions.Options;

namespace PcBench.ServiceTests.Limits;

/// <summary>Limits that cannot work stop the start, with the key, the value and the fix.</summary>
public sealed class LimitOptionsTests
{
    [Theory]
    [InlineData("SubmissionsPerKey", "-1")]
    [InlineData("SubmissionsPerAddress", "1000001")]
    [InlineData("ReadsPerAddress", "-2147483648")]
    [InlineData("TrustedProxies", "everybody")]
    [InlineData("TrustedProxies", "10.0.0.1/8")]
    [InlineData("TrustedProxies", "10.0.0.0/33")]
    [InlineData("TrustedProxies", "10")]
    [InlineData("TrustedProxies", "010.0.0.1")]
    [InlineData("TrustedProxies", "10.0.0.0/-1")]
    [InlineData("TrustedProxies", "/8")]
    [InlineData("TrustedProxies", "0.0.0.0/0")]
    [InlineData("TrustedProxies", "::/0")]
    public async Task Hostile_settings_are_refused_by_name_when_the_server_starts(string key, string value)
    {
        await using var app = LimitedApp.Build((key, value));
        var error = await Should.ThrowAsync<OptionsValidationException>(app.StartAsync);
        error.Message.ShouldContain($"Limits:{key} = {(key == "TrustedProxies" ? $"'{value}'" : value)}");
        error.Message.ShouldContain($"Limits__{key}");
    }

    [Fact]
    public async Task A_short_secret_is_refused_and_not_repeated()
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() => LimitedApp.StartAsync(("HashKey", "hunter2")));
        error.Message.ShouldContain("Limits:HashKey has 7 characters");
        error.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Each_wrong_entry_of_a_list_is_named()
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() => LimitedApp.StartAsync(("TrustedProxies", "10.0.0.0/8, x"), ("ReadsPerAddress", "-5")));
        error.Failures.Count().ShouldBe(2);
        await using var app = await LimitedApp.StartAsync(("TrustedProxies", ""), ("HashKey", ""));
    }
}
