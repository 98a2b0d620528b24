using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PcBench.Platform.Telemetry;

namespace PcBench.ServiceTests.Telemetry;

public sealed partial class LogTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void A_line_says_when_where_and_what_and_which_request_it_belongs_to()
    {
        using var source = new ActivitySource("test");
        using var listener = new ActivityListener { ShouldListenTo = known => known == source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        using var activity = source.StartActivity("request")!;

        var line = LineOf(logger => Log.Rebuilt(logger, 12, "board", 0.5));

        line.GetProperty("time").GetDateTimeOffset().ShouldBe(Now);
        Text(line, "level").ShouldBe("warning");
        Text(line, "category").ShouldBe("Tests");
        Text(line, "event").ShouldBe("Rebuilt");
        Text(line, "message").ShouldBe("12 rows of board in 0.5 s");
        Text(line, "traceId").ShouldBe(activity.TraceId.ToHexString());
        Text(line, "spanId").ShouldBe(activity.SpanId.ToHexString());
        Text(line, "contour").ShouldBe("stage");
        Text(line, "service").ShouldBe("backend");
        Text(line, "release").ShouldBe(Release.Name);
        var fields = line.GetProperty("fields");
        (fields.GetProperty("Count").GetInt32(), Text(fields, "Name"), fields.GetProperty("Seconds").GetDouble()).ShouldBe((12, "board", 0.5));
    }

    [Fact]
    public void An_exception_is_in_the_line_as_text()
    {
        var line = LineOf(logger => Log.Failed(logger, new InvalidOperationException("outer\nline", new FormatException("inner"))));

        var exception = line.GetProperty("exception");
        Text(exception, "type").ShouldBe("System.InvalidOperationException");
        Text(exception, "message").ShouldBe("outer\nline");
        Text(exception, "stack")!.ShouldContain("inner");
    }

    [Theory]
    [InlineData("a\nb\r\n\t\"quoted\"\\")]
    [InlineData("\0\u0001\u001b[31m\u007f\u2028\u2029")]
    [InlineData("lone \ud800 high, lone \udc00 low, \ud83d\ude00 both")]
    [InlineData("\ud800")]
    [InlineData("Ёжик <script>&'")]
    public void Any_text_makes_one_valid_line(string text)
    {
        var line = LineOf(logger => Log.Rebuilt(logger, 1, text, double.NaN));

        var expected = string.Concat(text.EnumerateRunes()); // what cannot be in UTF-8 comes as U+FFFD
        Text(line, "message").ShouldBe($"1 rows of {expected} in NaN s");
        Text(line.GetProperty("fields"), "Name").ShouldBe(expected);
    }

    [Fact]
    public async Task A_line_of_a_request_has_the_callers_trace_without_any_pipeline()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        var builder = WebApplication.CreateSlimBuilder(["--Telemetry:Contour", "stage", "--urls", "http://127.0.0.1:0"]);
        builder.AddTelemetry("test");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        app.MapGet("/", () => Text(LineOf(logger => Log.Rebuilt(logger, 1, "", 1)), "traceId"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        http.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");

        (await http.GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldBe(Trace);
    }

    [Fact]
    public async Task A_service_in_a_contour_writes_nothing_but_such_lines_and_nothing_of_who_asked_for_what()
    {
        string[] secrets = ["secret-query", "secret-token", "secret-body", "203.0.113.7"];
        using (var service = await MlProcess.StartAsync(("Telemetry__Contour", "beta"), ("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Microsoft.AspNetCore.Hosting", "Trace")))
        {
            foreach (var body in (string[])["{}", """{"result":"secret-body"}"""])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/assess?cpu=secret-query") { Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json")) };
                request.Headers.TryAddWithoutValidation("Authorization", "PcBench secret-token");
                request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
                using var answer = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
            }

            await service.TerminateAsync();
            (await service.ExitCodeAsync()).ShouldBe(0);
            var lines = service.Lines();
            lines.ShouldNotBeEmpty();
            lines.Select(line => Text(JsonElement.Parse(line), "contour")).ShouldAllBe(contour => contour == "beta");
            lines.Where(line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal))).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task At_home_it_is_text()
    {
        using var service = await MlProcess.StartAsync();

        service.Lines()[0].ShouldStartWith("info: ");
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();

    private static JsonElement LineOf(Action<ILogger> log)
    {
        var writer = new StringWriter();
        log(new Capture(new JsonLines("stage", "backend", new FakeTimeProvider(Now)), writer));
        var text = writer.ToString();
        text.ShouldEndWith("\n");
        text.Count(char.IsControl).ShouldBe(1, "the end of the line is the only one");
        text.ShouldAllBe(c => char.IsAscii(c));
        return JsonElement.Parse(text);
    }

    private sealed class Capture(JsonLines format, TextWriter writer) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            format.Write(new LogEntry<TState>(logLevel, "Tests", eventId, state, exception, formatter), null, writer);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} rows of {Name} in {Seconds} s")]
        public static partial void Rebuilt(ILogger logger, int count, string name, double seconds);

        [LoggerMessage(Level = LogLevel.Error, Message = "It failed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
