using PcBench.ServiceTests.Builders;
using PcBench.ServiceTests.Process;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Telemetry;

/// <summary>One trace from what the page asks, through the backend, the event that follows and its consumer, to the ml-service.</summary>
public sealed class WholeTraceTests
{
    // As the page's boot.js makes them.
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string OfThePage = "00f067aa0ba902b7";

    [Theory, EveryStore]
    public async Task What_a_page_submits_is_one_trace_until_it_is_assessed(Store kind)
    {
        await using var collector = await TraceCollector.StartAsync();
        using var ml = await MlProcess.StartAsync(collector.Settings);
        var shared = kind == Store.Replicated ? await SharedStore.NewAsync() : null;
        var folder = Directory.CreateTempSubdirectory("pcbench-trace-").FullName;
        using (var backend = await BackendProcess.StartAsync(folder, settings:
            [.. shared?.Settings ?? new Dictionary<string, string?>(), new("Ml:Url", ml.Address.ToString()), .. collector.Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))]))
        {
            using var http = new HttpClient { BaseAddress = backend.Address };
            http.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-{OfThePage}-01");
            using var answer = await http.PostResultAsync(new ResultBuilder().Signed());
            answer.EnsureSuccessStatusCode();

            await Client.UntilAsync(() => Task.FromResult(OfTrace(collector).Any(span => span is { Service: "ml-service", Kind: Span.Server })
                && OfTrace(collector).Any(span => span.Kind == Span.Consumer && span.Name.StartsWith("assess ", StringComparison.Ordinal))));
        }

        var spans = OfTrace(collector);
        var request = spans.Single(span => span is { Service: "backend", Kind: Span.Server });
        request.Parent.ShouldBe(OfThePage);
        request.Name.ShouldContain("/api/v1/results");
        var assess = spans.Single(span => span.Kind == Span.Consumer && span.Name.StartsWith("assess ", StringComparison.Ordinal));
        assess.Parent.ShouldBe(request.Id);
        var answered = spans.Single(span => span is { Service: "ml-service", Kind: Span.Server });
        answered.Name.ShouldContain("/v1/assess");
        var asked = spans.Single(span => span.Id == answered.Parent);
        (asked.Service, asked.Kind).ShouldBe(("backend", Span.Client));
        Ancestors(asked, spans).ShouldContain(assess);

        // Each has its cause among them, but the one whose cause is the page.
        spans.Where(span => span != request).ShouldAllBe(span => spans.Any(other => other.Id == span.Parent));
        Directory.Delete(folder, recursive: true);
        if (shared is not null)
            await shared.RemoveAsync();
    }

    [Fact]
    public void The_page_names_a_trace_with_each_request() => File.ReadAllText(Repository.Path("src/PcBench.Web/wwwroot/js/boot.js"))
        .ShouldContain("""const headers = { Accept: "application/json", traceparent: trace() };""");

    private static List<Span> OfTrace(TraceCollector collector) => [.. collector.Spans.Where(span => span.Trace == Trace)];

    private static IEnumerable<Span> Ancestors(Span span, List<Span> spans)
    {
        for (var parent = spans.FirstOrDefault(other => other.Id == span.Parent); parent is not null; parent = spans.FirstOrDefault(other => other.Id == parent.Parent))
            yield return parent;
    }
}
