namespace PcBench.ServiceTests.Limits;

/// <summary>Whose word is taken for a client's address.</summary>
public sealed class TrustedProxyTests
{
    [Theory]
    [InlineData("198.51.100.1", "203.0.113.5", "198.51.100.1")] // not from a proxy
    [InlineData("10.1.2.3", "203.0.113.5", "203.0.113.5")]
    [InlineData("::ffff:10.1.2.3", "203.0.113.5", "203.0.113.5")]
    [InlineData("192.0.2.7", "203.0.113.5", "203.0.113.5")]
    [InlineData("192.0.2.8", "203.0.113.5", "192.0.2.8")] // beside the one that is trusted
    [InlineData("127.0.0.1", "203.0.113.5", "127.0.0.1")] // the framework would trust it
    [InlineData("10.1.2.3", "1.1.1.1, 203.0.113.5", "203.0.113.5")] // the first was written by the client
    [InlineData("10.1.2.3", "1.1.1.1, 203.0.113.5, 10.9.9.9", "203.0.113.5")]
    [InlineData("10.1.2.3", "10.4.4.4, 10.9.9.9", "10.4.4.4")]
    [InlineData("10.1.2.3", "203.0.113.5:4711", "203.0.113.5")]
    [InlineData("10.1.2.3", "[2001:db8::5]:4711", "2001:db8::5")]
    [InlineData("fd00::1", "2001:db8::5", "2001:db8::5")]
    [InlineData("10.1.2.3", "unknown", "10.1.2.3")]
    [InlineData("10.1.2.3", "203.0.113.5, <script>", "10.1.2.3")]
    [InlineData("10.1.2.3", "<script>, 203.0.113.5", "203.0.113.5")]
    [InlineData("10.1.2.3", ", ,,", "10.1.2.3")]
    [InlineData("10.1.2.3", null, "10.1.2.3")]
    [InlineData(null, "203.0.113.5", "")] // a local socket is no proxy that was named
    public async Task The_nearest_hop_that_is_not_trusted_is_the_client(string? sender, string? forwardedFor, string client)
    {
        await using var app = await LimitedApp.StartAsync(("TrustedProxies", "10.0.0.0/8, 192.0.2.7,fd00::/8"));
        (await app.SenderAsync(sender, forwardedFor)).ShouldBe(client);
    }

    [Fact]
    public async Task Without_trusted_proxies_the_header_is_nobodys_word()
    {
        await using var app = await LimitedApp.StartAsync();
        (await app.SenderAsync("127.0.0.1", "203.0.113.5")).ShouldBe("127.0.0.1");
        (await app.SenderAsync(null, "203.0.113.5")).ShouldBe("");
    }

    [Fact]
    public async Task They_may_stand_in_a_list_too()
    {
        await using var app = await LimitedApp.StartAsync(("TrustedProxies:0", "10.0.0.0/8"), ("TrustedProxies:1", "192.0.2.7"));
        (await app.SenderAsync("192.0.2.7", "203.0.113.5, 10.0.0.1")).ShouldBe("203.0.113.5");
    }
}
