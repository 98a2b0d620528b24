using System.Net;

namespace PcBench.ServiceTests.Limits;

/// <summary>What a sender sees of the limits.</summary>
public sealed class AddressLimitTests
{
    [Fact]
    public async Task A_refusal_says_which_limit_and_when_to_come_again()
    {
        await using var app = await LimitedApp.StartAsync(("ReadsPerAddress", "2"));
        using (var read = await app.SendAsync(HttpMethod.Get, "/api/v1/sender"))
        {
            read.StatusCode.ShouldBe(HttpStatusCode.OK);
            read.Headers.Contains("RateLimit").ShouldBeFalse("reads are many");
        }

        (await app.SendAsync(HttpMethod.Delete, "/api/v1/results/1")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var refused = await app.SendAsync(HttpMethod.Get, "/api/v1/sender");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        var seconds = (int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        seconds.ShouldBeInRange(1, 90);
        refused.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"reads-per-address\";q=2;w=60"]);
        refused.Headers.GetValues("RateLimit").Single().ShouldMatch("^\"reads-per-address\";r=0;t=[0-9]+$");
        var problem = await refused.ProblemAsync();
        problem.Status.ShouldBe(429);
        problem.Title.ShouldBe("Too many requests from one address");
        problem.Detail.ShouldBe($"One address may send 2 requests in a minute. Nothing was stored or changed. Send it again after the {seconds} seconds that Retry-After names.");

        (await app.SendAsync(HttpMethod.Get, "/api/v1/nowhere")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await app.SendAsync(HttpMethod.Get, "/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync(HttpMethod.Get, "/api/v1/sender", "192.0.2.2")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync(HttpMethod.Post, "/api/v1/results")).StatusCode.ShouldBe(HttpStatusCode.Created, "submissions have a limit of their own");
    }

    [Fact]
    public async Task Submissions_are_counted_by_address_before_they_are_read_and_by_key_after()
    {
        await using var app = await LimitedApp.StartAsync(("SubmissionsPerAddress", "3"), ("SubmissionsPerKey", "1"));
        using (var first = await SubmitAsync("one"))
        {
            first.StatusCode.ShouldBe(HttpStatusCode.Created);
            first.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"submissions-per-address\";q=3;w=60", "\"submissions-per-key\";q=1;w=60"]);
        }

        using (var sameKey = await SubmitAsync("one"))
        {
            sameKey.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            (await sameKey.ProblemAsync()).Detail!.ShouldStartWith("One installation may submit 1 new results in a minute.");
        }

        (await SubmitAsync("two")).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var refused = await app.SendAsync(HttpMethod.Post, "/API/v1/results/", body: new StringContent("three"));
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await refused.ProblemAsync()).Title.ShouldBe("Too many submissions from one address");
        app.Read.ShouldBe(3);
        (await app.SendAsync(HttpMethod.Get, "/api/v1/sender")).StatusCode.ShouldBe(HttpStatusCode.OK);

        Task<HttpResponseMessage> SubmitAsync(string key) => app.SendAsync(HttpMethod.Post, "/api/v1/results", body: new StringContent(key));
    }

    [Fact]
    public async Task Without_limits_nothing_is_counted_or_said()
    {
        await using var app = await LimitedApp.StartAsync();
        for (var i = 0; i < 100; i++)
        {
            using var response = await app.SendAsync(HttpMethod.Post, "/api/v1/results");
            response.StatusCode.ShouldBe(HttpStatusCode.Created);
            response.Headers.Contains("RateLimit-Policy").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Spoofed_addresses_do_not_help_without_a_trusted_proxy_and_one_household_is_one_address()
    {
        await using var app = await LimitedApp.StartAsync(("ReadsPerAddress", "1"));
        (await app.SendAsync(HttpMethod.Get, "/api/v1/sender", "2001:db8::1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.SendAsync(HttpMethod.Get, "/api/v1/sender", "2001:db8::1", "203.0.113.5")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await app.SendAsync(HttpMethod.Get, "/api/v1/sender", "2001:db8::99:1")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await app.SendAsync(HttpMethod.Get, "/api/v1/sender", "2001:db8:0:1::1")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
