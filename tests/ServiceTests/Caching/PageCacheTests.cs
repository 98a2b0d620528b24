using System.Net;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Caching;

public sealed class PageCacheTests
{
    // Longer than what is sent to somebody who does not read.
    private const int Models = 150;

    [Fact]
    public async Task An_answer_is_for_its_own_address_alone()
    {
        await using var app = new BackendApp();
        var http = app.CreateClient();

        (await http.StatusAsync("/api/v1/cpus/a%3Fb/imports")).ShouldBe(HttpStatusCode.OK);
        (await http.StatusAsync("/api/v1/cpus/a?b/imports")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Who_does_not_read_an_answer_keeps_nobody_else_waiting_for_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var app = new BackendApp();
        var http = app.CreateClient();
        for (var i = 0; i < Models; i++)
            await http.SubmitAsync(new ResultBuilder { Cpu = $"Model {i} {new string('x', 140)}" });

        using var unread = await http.GetAsync("/api/v1/cpus", HttpCompletionOption.ResponseHeadersRead, cancel);
        using var read = await http.GetAsync("/api/v1/cpus", cancel).WaitAsync(TimeSpan.FromSeconds(60), cancel);

        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await read.Content.ReadAsByteArrayAsync(cancel)).Length.ShouldBeGreaterThan(80 * 1024);
    }
}
