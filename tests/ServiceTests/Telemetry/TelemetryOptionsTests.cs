using PcBench.Platform.Telemetry;

namespace PcBench.ServiceTests.Telemetry;

public sealed class TelemetryOptionsTests
{
    [Theory]
    [InlineData("moon", null, null, "Telemetry:Contour = 'moon'", "Telemetry__Contour")]
    [InlineData("prod", 0, null, "Telemetry:MetricsPort = 0", "Telemetry__MetricsPort")]
    [InlineData("prod", 70_000, null, "Telemetry:MetricsPort = 70000", "Telemetry__MetricsPort")]
    [InlineData("prod", null, "xml", "Telemetry:LogFormat = 'xml'", "Telemetry__LogFormat")]
    public void What_cannot_work_is_refused_with_key_value_and_fix(string contour, int? port, string? format, string problem, string fix)
    {
        var result = new TelemetryOptionsCheck().Validate(null, new TelemetryOptions { Contour = contour, MetricsPort = port, LogFormat = format });

        result.Failures!.ShouldHaveSingleItem().ShouldContain(problem);
        result.FailureMessage!.ShouldContain(fix);
    }

    [Theory]
    [InlineData("local", null, false)]
    [InlineData("local", "json", true)]
    [InlineData("stage", null, true)]
    [InlineData("prod", "text", false)]
    public void A_contour_logs_JSON_unless_it_is_told_otherwise(string contour, string? format, bool isJson)
    {
        var options = new TelemetryOptions { Contour = contour, LogFormat = format };

        new TelemetryOptionsCheck().Validate(null, options).Succeeded.ShouldBeTrue();
        options.IsJson.ShouldBe(isJson);
    }
}
