using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PcBench.Platform.Hosting;

namespace PcBench.Platform.Telemetry;

/// <summary>How the service tells what it does.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Telemetry";

    internal const string Local = "local";

    /// <summary>Which contour this is; every line of the log and <c>build_info</c> name it.</summary>
    /// <value><c>stage</c>, <c>beta</c>, <c>prod</c> or <c>local</c>. Default <c>local</c>.</value>
    public string Contour { get; set; } = Local;

    /// <summary>
    /// Port that serves the metrics and the health alone; the service's own ports do not serve the metrics then. It is added to the
    /// addresses of <c>ASPNETCORE_URLS</c> or <c>ASPNETCORE_HTTP_PORTS</c>, not to those of <c>Kestrel:Endpoints</c> or of code.
    /// </summary>
    /// <value>1 to 65535. Default: none, which means the service's own port.</value>
    public int? MetricsPort { get; set; }

    /// <summary>Whether figures are kept and served at all; without, there is no <c>/metrics</c>.</summary>
    /// <value>Default true. Off is for measuring what they cost.</value>
    public bool Metrics { get; set; } = true;

    /// <summary>How the log is written.</summary>
    /// <value><c>json</c> or <c>text</c>. Default: <c>json</c> in a contour, <c>text</c> where it is local.</value>
    public string? LogFormat { get; set; }

    /// <summary>Whether the log is JSON.</summary>
    public bool IsJson => LogFormat is null ? Contour != Local : LogFormat == "json";

    /// <summary>What is needed before options can be had. It judges nothing: the check does, when the host starts.</summary>
    internal static TelemetryOptions Of(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        return new TelemetryOptions
        {
            Contour = section[nameof(Contour)] ?? Local,
            MetricsPort = ushort.TryParse(section[nameof(MetricsPort)], out var port) ? port : null,
            LogFormat = section[nameof(LogFormat)],
            Metrics = !bool.TryParse(section[nameof(Metrics)], out var metrics) || metrics,
        };
    }
}

/// <summary>Refuses to start where nobody would know whose lines and figures these are.</summary>
public sealed class TelemetryOptionsCheck : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        List<string> errors = [];
        if (options.Contour is not ("stage" or "beta" or "prod" or TelemetryOptions.Local))
            errors.Add($"Telemetry:Contour = '{options.Contour}' is not known. Give stage, beta, prod or local{Where("Contour")}");
        if (options.MetricsPort is < 1 or > ushort.MaxValue)
            errors.Add($"Telemetry:MetricsPort = {options.MetricsPort} is out of range. Give 1 to 65535, usually 9090, or leave it out to serve the metrics on the service's own port{Where("MetricsPort")}");
        if (options.LogFormat is not (null or "json" or "text"))
            errors.Add($"Telemetry:LogFormat = '{options.LogFormat}' is not known. Give json or text, or leave it out{Where("LogFormat")}");
        return OptionRules.Outcome(errors);
    }

    private static string Where(string key) => $", in appsettings.json or as environment variable Telemetry__{key}.";
}
