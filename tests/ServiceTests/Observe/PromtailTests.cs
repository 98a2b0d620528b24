using PcBench.ServiceTests.Builders;
using PcBench.ServiceTests.Process;
using PcBench.ServiceTests.Servers;
using PcBench.ServiceTests.Telemetry;

namespace PcBench.ServiceTests.Observe;

/// <summary>A real line of each service, found by its labels and its trace.</summary>
public sealed class PromtailTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_nginx()
    {
        await using var nginx = await NginxServer.StartAsync("beta");
        using var http = NewClient(nginx.Address);
        await http.StatusAsync("/");
        await Client.UntilAsync(() => Task.FromResult(nginx.Lines().Length > 0));

        var line = HoldsOf("frontend", nginx.Lines()[0]);

        line.Labels["level"].ShouldBe("info");
        line.Field("traceId").ShouldBe(Trace);
    }

    [Fact]
    public async Task Of_the_backend()
    {
        var store = await SharedStore.NewAsync();
        var folder = Directory.CreateTempSubdirectory("pcbench-promtail-").FullName;
        using (var backend = await BackendProcess.StartAsync(folder, settings: [.. store.Settings, new("Telemetry:Contour", "beta")]))
        {
            using var http = NewClient(backend.Address);
            await ExecuteAsync(store.Postgres, "alter table result add constraint refused check (false) not valid");
            using var answer = await http.PostResultAsync(new ResultBuilder().Signed());
            ((int)answer.StatusCode).ShouldBeGreaterThanOrEqualTo(500);
            await Client.UntilAsync(() => Task.FromResult(backend.Lines().Any(line => line.Contains(Trace, StringComparison.Ordinal))));

            var line = HoldsOf("backend", backend.Lines().First(line => line.Contains(Trace, StringComparison.Ordinal)));

            line.Labels["level"].ShouldBe("error");
            line.Field("traceId").ShouldBe(Trace);
        }

        Directory.Delete(folder, recursive: true);
        await store.RemoveAsync();
    }

    [Fact]
    public async Task Of_the_ml_service()
    {
        using var service = await MlProcess.StartAsync(("Telemetry__Contour", "beta"));

        HoldsOf("ml-service", service.Lines()[0]).Labels["level"].ShouldBe("info");
    }

    private static LokiLine HoldsOf(string service, string text)
    {
        var line = Promtail.Of("beta").Read(service, text);
        line.Tenant.ShouldBe("beta");
        line.Labels.Keys.ShouldBe(["contour", "app", "container", "stream", "level"], ignoreOrder: true);
        (line.Labels["contour"], line.Labels["app"], line.Labels["container"]).ShouldBe(("beta", service, service));
        (line.Field("contour"), line.Field("service")).ShouldBe(("beta", service));
        line.Field("release").ShouldNotBeNullOrEmpty();
        line.Text.ShouldBe(text);
        return line;
    }

    private static async Task ExecuteAsync(string postgres, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(postgres);
        await connection.OpenAsync(Cancel);
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static HttpClient NewClient(Uri address) =>
        new() { BaseAddress = address, DefaultRequestHeaders = { { "traceparent", $"00-{Trace}-00f067aa0ba902b7-01" } } };
}
